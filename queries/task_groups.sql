-- question: How far are the tasks under each tag (三查三清三治三管) and in each river's plan (一河一策)?
-- grain: one row per tag and one per plan document; name null where a task has none
-- params: as_of date, version date, town text, department text
-- columns: kind (text) tag or plan; name (text); towns (个); tasks (项) with a planned amount; done (项) at 100 %;
--   share_done (share) the metric task_progress; share_time, behind (share) means over those that can be judged by
--   time; overdue, late (项, 逾期, 滞后); unplanned (项) left out for want of a plan; worst (text) code of the task farthest
--   behind, of equals the first by code
with listed as (
    select
        'tag' as kind,
        tag as name,
        *
    from task_standing($as_of, $version, $town, $department)
    union all
    select
        'plan' as kind,
        plan_document as name,
        *
    from task_standing($as_of, $version, $town, $department)
)

select
    kind,
    name,
    count(distinct town) as towns,
    count(share_done) as tasks,
    count(*) filter (where state = '已完成') as done,
    sum(share_done) / nullif(count(share_done), 0) as share_done,
    avg(share_time) filter (where behind is not null) as share_time,
    avg(behind) as behind,
    count(*) filter (where state = '逾期') as overdue,
    count(*) filter (where state = '滞后') as late,
    count(*) filter (where share_done is null) as unplanned,
    first(code order by round(behind, 6) desc, code) filter (where behind is not null) as worst
from listed
group by kind, name
order by kind, behind desc nulls last, name nulls last

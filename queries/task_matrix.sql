-- question: In which field of tasks (重点任务) and which town is the district behind or ahead of time?
-- grain: one row per field and town with tasks; field null sums up a town, town null a field, both the district
-- params: as_of date, version date, town text, department text
-- columns: field, town (text); first_code (text) lowest code of a task; tasks (项) with a planned amount; done (项) at
--   100 %; share_done (share) the metric task_progress: mean of min(done ÷ planned, 1); share_time, behind (share)
--   means over the tasks that can be judged by time; overdue, late (项, 逾期, 滞后); unplanned (项) left out for want of a
--   plan
select
    field,
    town,
    min(code) as first_code,
    count(share_done) as tasks,
    count(*) filter (where state = '已完成') as done,
    sum(share_done) / nullif(count(share_done), 0) as share_done,
    avg(share_time) filter (where behind is not null) as share_time,
    avg(behind) as behind,
    count(*) filter (where state = '逾期') as overdue,
    count(*) filter (where state = '滞后') as late,
    count(*) filter (where share_done is null) as unplanned
from task_standing($as_of, $version, $town, $department)
group by grouping sets ((field, town), (field), (town), ())
having count(*) > 0
order by behind desc nulls last, first_code

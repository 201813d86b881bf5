-- question: In which field of tasks (重点任务) and which town is the district behind or ahead of time?
-- grain: one row per field and town with tasks; field null sums up a town, town null a field, both the district
-- params: as_of date, version date, town text, department text
-- columns: field, town (text); sort_order (number) of the town; tasks (项) with a planned amount, done (项) at 100 %;
--   share_done (share) the metric task_progress: mean of min(done ÷ planned, 1); share_time, behind (share) means over
--   the tasks that can be judged by time; overdue, late (项, 逾期, 滞后); unplanned (项) left out for want of a plan
select
    standing.field,
    standing.town,
    any_value(towns.sort_order) as sort_order,
    count(standing.share_done) as tasks,
    count(*) filter (where standing.state = '已完成') as done,
    sum(standing.share_done) / nullif(count(standing.share_done), 0) as share_done,
    avg(standing.share_time) filter (where standing.behind is not null) as share_time,
    avg(standing.behind) as behind,
    count(*) filter (where standing.state = '逾期') as overdue,
    count(*) filter (where standing.state = '滞后') as late,
    count(*) filter (where standing.share_done is null) as unplanned
from task_standing($as_of, $version, $town, $department) as standing
inner join towns on standing.town = towns.name
group by grouping sets ((standing.field, standing.town), (standing.field), (standing.town), ())
having count(*) > 0
order by standing.town nulls last, standing.field nulls last

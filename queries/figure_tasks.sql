-- question: Which tasks (重点任务) make up the progress of a town?
-- grain: one row per task
-- params: start date, end date, as_of date, version date, town text, metric text
-- columns: town_code, town, code, field, task (text); planned, done (in unit); unit (text); due_on (date);
--   numerator (share) done of planned, at most 1; denominator (number) 1
select
    rows_behind.town as town_code,
    towns.name as town,
    rows_behind.code,
    tasks.field,
    tasks.task,
    tasks.planned,
    tasks.done,
    tasks.unit,
    tasks.due_on,
    rows_behind.numerator,
    rows_behind.denominator
from counted_measures($start, $end, $as_of, $version, $town, $metric) as rows_behind
inner join tasks on rows_behind.code = tasks.code
left join towns on rows_behind.town = towns.code
order by rows_behind.numerator, rows_behind.code

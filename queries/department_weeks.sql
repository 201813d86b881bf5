-- question: How much did each department (部门) enforce in each of the last 12 weeks?
-- grain: one row per department and week (Monday to Sunday) up to that of as_of, from the first recorded day on
-- params: as_of date, department text
-- columns: department (text); week_start, week_end (date); returns (条); inspections, joint_actions (次); cases_opened
--   (件) 0 in a week without a return, null where the returns do not give the figure
with weeks as (
    select distinct window_start, window_end
    from calendar
    where
        unit = '次/周'
        and window_start <= $as_of
        and window_end > $as_of - 84
        and window_end >= (select min(enforcement_days.day) from enforcement_days)
),

sums as (
    select
        days.department,
        weeks.window_start,
        sum(days.returns) as returns,
        sum(days.inspections) as inspections,
        sum(days.joint_actions) as joint_actions,
        sum(days.cases_opened) as cases_opened
    from department_days as days
    inner join weeks on days.day between weeks.window_start and weeks.window_end
    where days.day <= $as_of
    group by days.department, weeks.window_start
)

select
    departments.name as department,
    weeks.window_start as week_start,
    weeks.window_end as week_end,
    cast(coalesce(sums.returns, 0) as bigint) as returns,
    cast(case when sums.returns > 0 then sums.inspections else 0 end as bigint) as inspections,
    cast(coalesce(sums.joint_actions, 0) as bigint) as joint_actions,
    cast(case when sums.returns > 0 then sums.cases_opened else 0 end as bigint) as cases_opened
from departments
cross join weeks
left join sums on departments.name = sums.department and weeks.window_start = sums.window_start
where $department is null or departments.name = $department
order by departments.name, weeks.window_start

-- question: Which powers (职权, 执法事项) does each department use, and which did it not use in the period?
-- grain: one row per department and power that it ever used by as_of
-- params: start date, end date, as_of date, department text
-- columns: department, power (text); returns (条); inspections (次); cases_opened (件) in the period; returns_ever (条);
--   cases_ever (件); last_used_on (date)
select
    department,
    power,
    cast(coalesce(sum(returns) filter (where day between $start and $end), 0) as bigint) as returns,
    cast(coalesce(sum(inspections) filter (where day between $start and $end), 0) as bigint) as inspections,
    cast(coalesce(sum(cases_opened) filter (where day between $start and $end), 0) as bigint) as cases_opened,
    cast(sum(returns) as bigint) as returns_ever,
    cast(coalesce(sum(cases_opened), 0) as bigint) as cases_ever,
    max(day) as last_used_on
from department_days
where power is not null and day <= $as_of and ($department is null or department = $department)
group by department, power
order by department, returns desc, returns_ever desc, power

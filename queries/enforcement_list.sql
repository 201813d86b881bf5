-- question: Which returns (执法记录) make up a department's enforcement, and to which problem does each belong?
-- grain: one row per return of the period, the newest first
-- params: start date, end date, as_of date, town text, department text
-- columns: code, department (text); day (date); town, offence, power (text); inspections (次); cases_opened,
--   cases_closed (件); fines_yuan (元); partners (text, 参与部门); problem (code, 关联问题); problem_description (text)
select
    returned.code,
    returned.department,
    returned.day,
    towns.name as town,
    returned.offence,
    returned.power,
    returned.inspections,
    returned.cases_opened,
    returned.cases_closed,
    cast(returned.fines_yuan as double) as fines_yuan,
    array_to_string(returned.partners, '、') as partners,
    returned.problem,
    problems.description as problem_description
from enforcement as returned
left join towns on returned.town = towns.code
left join problems on returned.problem = problems.code
where
    returned.day between $start and least($end, $as_of)
    and ($town is null or returned.town = $town)
    and ($department is null or returned.department = $department)
order by returned.day desc, returned.code desc

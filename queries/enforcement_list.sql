-- question: Which returns (执法记录) make up a department's enforcement, and to which problem does each belong?
-- grain: one row per return of the period and department that took part, the newest first
-- params: start date, end date, as_of date, town text, department text
-- columns: unit (text) the department that took part; is_own (flag) its own return, else it joined another's; code,
--   department (text) who returned it; day (date); town, offence, power (text); inspections (次); cases_opened,
--   cases_closed (件); fines_yuan (元); joint_actions (次); partners (text, 参与部门); problem (code, 关联问题);
--   problem_description (text)
with parts as (
    select
        code,
        department as unit
    from enforcement
    union
    select
        code,
        unnest(partners) as unit
    from enforcement
)

select
    parts.unit,
    parts.unit = returned.department as is_own,
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
    coalesce(returned.joint, case when array_length(returned.partners) > 0 then 1 else 0 end) as joint_actions,
    array_to_string(returned.partners, '、') as partners,
    returned.problem,
    problems.description as problem_description
from parts
inner join enforcement as returned on parts.code = returned.code
left join towns on returned.town = towns.code
left join problems on returned.problem = problems.code
where
    returned.day between $start and least($end, $as_of)
    and ($town is null or returned.town = $town)
    and ($department is null or parts.unit = $department)
order by returned.day desc, returned.code desc, parts.unit

-- question: Which problems (问题) in each department's remit (职责问题类别) were found in the period, and how do they stand?
-- grain: one row per department and problem in its remit, those that are not done first
-- params: start date, end date, as_of date, version date, town text, department text
-- columns: department (text); problem (code); town, category, description, answerable (text, 责任部门); found_on (date);
--   state (text) at as_of; cases (件) that the department opened and linked (关联问题) to it by as_of
with remits as (
    select distinct
        name as department,
        unnest(remit) as category
    from departments
),

standing as (
    select code, state
    from problem_standing($as_of, $version)
    qualify row_number() over (partition by code order by spell desc) = 1
),

linked as (
    select department, problem, cast(sum(cases_opened) as bigint) as cases
    from enforcement
    where problem is not null and day <= $as_of
    group by department, problem
)

select
    remits.department,
    problems.code as problem,
    towns.name as town,
    problems.category,
    problems.description,
    problems.department as answerable,
    problems.found_on,
    standing.state,
    coalesce(linked.cases, 0) as cases
from remits
inner join problems on remits.category = problems.category
inner join standing on problems.code = standing.code
left join towns on problems.town = towns.code
left join linked on remits.department = linked.department and problems.code = linked.problem
where
    problems.found_on between $start and least($end, $as_of)
    and ($town is null or problems.town = $town)
    and ($department is null or remits.department = $department)
order by remits.department, standing.state in ('待销号', '已销号'), problems.found_on desc, problems.code

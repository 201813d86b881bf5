-- question: Which problems are open at the end of a day, which hurt most, and whose are they?
-- grain: one row per open problem, the longest overdue first
-- params: as_of date, version date, town text, department text
-- columns: code, town, department, person, category, description, source (text) as in the ledger; found_on, due_on
--   (date); method (text); days_late (天) null without a deadline, negative before it; state (text) 逾期, 临期, 在期,
--   无时限 or 长期坚持; rebounded (flag) open again (反弹); city_listed (flag, 市级挂账); section, river, notice (text)
select
    problems.code,
    towns.town,
    problems.department,
    problems.person,
    problems.category,
    problems.description,
    problems.source,
    problems.found_on,
    standing.due_on,
    standing.method,
    standing.days_late,
    standing.state,
    standing.spell = 2 as rebounded,
    coalesce(problems.city_listed, false) as city_listed,
    sections.name as section,
    sections.river,
    problems.notice
from problem_standing($as_of, $version) as standing
inner join problems on standing.code = problems.code
inner join town_list($as_of) as towns on standing.town_code = towns.town_code
left join sections on problems.section = sections.code
where
    standing.done_on is null
    and standing.closed_on is null
    and ($town is null or towns.town_code = $town)
    and ($department is null or problems.department = $department)
order by standing.days_late desc nulls last, problems.found_on, problems.code

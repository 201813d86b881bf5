-- question: What does the ledger say of one problem, and how does it stand at the end of a day?
-- grain: one row, none if the code is unknown or outside the reader's scope
-- params: as_of date, version date, town text, department text, code text
-- columns: code, town, section, river, category, severity, source, inspection, department, person, description,
--   measures, method, notice (text) as in the ledger; found_on, due_on, done_on, closed_on (date) as known at as_of;
--   state (text) as in problem_standing; days_late (天); late_done, city_listed (flag); late_days (天) by
--   how much it was done late at the worst, ever (逾期完成), null if never; rebounded_on (date, 反弹) null
--   without; moves, handed_on (次) transfers, and of these 转办 and 退回
with spells as (
    select *
    from problem_standing($as_of, $version)
    where code = $code
),

standing as (
    select
        *,
        max(case when late_done then days_late end) over () as late_days
    from spells
    order by spell desc
    limit 1
),

moved as (
    select
        count(*) as moves,
        count(*) filter (where action in ('转办', '退回')) as handed_on
    from transfers
    where problem = $code and cast(moved_at as date) <= $as_of
)

select
    problems.code,
    towns.name as town,
    sections.name as section,
    sections.river,
    problems.category,
    problems.severity,
    problems.source,
    problems.inspection,
    problems.department,
    problems.person,
    problems.description,
    problems.measures,
    standing.method,
    problems.notice,
    problems.found_on,
    standing.due_on,
    standing.done_on,
    standing.closed_on,
    standing.state,
    standing.days_late,
    standing.late_done,
    standing.city_listed,
    standing.late_days,
    case when standing.spell = 2 then standing.opened_on end as rebounded_on,
    moved.moves,
    moved.handed_on
from standing
inner join problems on standing.code = problems.code
inner join towns on standing.town_code = towns.code
left join sections on problems.section = sections.code
cross join moved
where
    ($town is null or towns.code = $town)
    and ($department is null or problems.department = $department)

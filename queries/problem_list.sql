-- question: Which problems are in a state at the end of a day, which hurt most, and whose are they?
-- grain: one row per problem in that state, what hurts most first
-- params: as_of date, version date, town text, department text, state text
-- columns: code, town, department, person, category, description, source (text) as in the ledger; found_on, due_on
--   (date); method (text); days_late (天) null without a deadline, negative before it; state (text) 逾期, 临期, 在期,
--   无时限, 长期坚持, 待销号 or 已销号; rebounded (flag) open again (反弹); city_listed (flag, 市级挂账); section, river,
--   notice (text); severity (text); late_done (flag, 逾期完成); done_on, closed_on (date); handed_on (次) times that
--   it was passed on or sent back (转办、退回); position (1, 2, …) the order; measures (text,
--   整改措施) as in the ledger
-- $state is one of the states, 逾期完成 for what was ever done late, or null for all that is open. The order: 市级挂账
-- first, then days overdue, then 严重 before 较重 before the others, then what came back, then the oldest.
with standing as (
    select
        *,
        row_number() over (partition by code order by spell desc) as turn
    from problem_standing($as_of, $version)
    where
        case
            when $state is null then done_on is null and closed_on is null
            when $state = '逾期完成' then late_done
            else state = $state
        end
),

hand_overs as (
    select
        problem,
        count(*) as handed_on
    from transfers
    where action in ('转办', '退回') and cast(moved_at as date) <= $as_of
    group by problem
)

select
    problems.code,
    towns.name as town,
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
    standing.city_listed,
    sections.name as section,
    sections.river,
    problems.notice,
    problems.severity,
    standing.late_done,
    standing.done_on,
    standing.closed_on,
    coalesce(hand_overs.handed_on, 0) as handed_on,
    row_number() over (
        order by
            standing.city_listed desc,
            standing.days_late desc nulls last,
            case problems.severity when '严重' then 1 when '较重' then 2 else 3 end,
            standing.spell desc,
            problems.found_on,
            problems.code
    ) as position,
    problems.measures
from standing
inner join problems on standing.code = problems.code
inner join towns on standing.town_code = towns.code
left join sections on problems.section = sections.code
left join hand_overs on standing.code = hand_overs.problem
where
    standing.turn = 1
    and ($town is null or towns.code = $town)
    and ($department is null or problems.department = $department)
order by position

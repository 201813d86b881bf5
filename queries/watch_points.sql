-- question: Which points has the city listed (市级挂账点), which are not closed, whose are they, and who has them now?
-- grain: one row per listed point found by as_of, those not cleared first, the longest overdue first
-- params: as_of date, version date, town text, department text
-- columns: code, town, section, river, department, person, category, description, measures (text) as in the ledger;
--   found_on, due_on, done_on, closed_on (date) of its last spell; cleared (flag, 已销账) closed and not open again;
--   state (text) 逾期, 临期, 在期, 无时限, 长期坚持, 待销号 or 已销号; days_late (天) negative before due; rebounded (flag, 反弹);
--   days_to_inspection (天) null without one, negative once it began; due_after (flag) due only after its first day;
--   moved_on (date) of the last hand-over by as_of; action, from_unit, to_unit (text) what it was; late_done
--   (flag, 逾期完成)
with standing as (
    select *
    from problem_standing($as_of, $version)
    where
        city_listed
        and ($town is null or town_code = $town)
    qualify row_number() over (partition by code order by spell desc) = 1
),

hand_overs as (
    select transfers.*
    from standing
    inner join transfers on standing.code = transfers.problem
    where cast(transfers.moved_at as date) <= $as_of
    qualify row_number() over (partition by transfers.problem order by transfers.moved_at desc, transfers.action) = 1
)

select
    standing.code,
    towns.name as town,
    sections.name as section,
    sections.river,
    problems.department,
    problems.person,
    problems.category,
    problems.description,
    problems.measures,
    problems.found_on,
    standing.due_on,
    standing.done_on,
    standing.closed_on,
    standing.cleared,
    standing.state,
    standing.days_late,
    standing.spell = 2 as rebounded,
    inspections.days_to as days_to_inspection,
    coalesce(standing.due_on >= inspections.starts_on, false) as due_after,
    cast(hand_overs.moved_at as date) as moved_on,
    hand_overs.action,
    hand_overs.from_unit,
    hand_overs.to_unit,
    standing.late_done
from standing
inner join problems on standing.code = problems.code
inner join towns on standing.town_code = towns.code
left join sections on problems.section = sections.code
left join hand_overs on standing.code = hand_overs.problem
left join next_inspection($as_of, $version) as inspections on true
where $department is null or problems.department = $department
order by standing.cleared, standing.days_late desc nulls last, problems.found_on, standing.code

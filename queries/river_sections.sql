-- question: How does each section of a river (河流) stand: who walks it, and what is open there?
-- grain: one row per section of the river
-- params: start date, as_of date, version date, river text
-- columns: section, name (text); town_code, town (text); length_km (公里); patrols (次) in the period, valid or not;
--   last_patrol (date) null when nobody ever walked it; found (件) in the period; open, overdue (件) at as_of; days_max
--   (天) of the overdue, null without
with walked as (
    select
        section,
        max(day) as last_patrol,
        sum(patrols) filter (where day >= $start) as patrols
    from section_days
    where day <= $as_of
    group by section
),

standing as (
    select
        problems.section,
        count(distinct problems.code) filter (where problems.found_on >= $start) as found,
        count(*) filter (where standing.done_on is null and standing.closed_on is null) as open,
        count(*) filter (where standing.state = '逾期') as overdue,
        max(standing.days_late) filter (where standing.state = '逾期') as days_max
    from problem_standing($as_of, $version) as standing
    inner join problems on standing.code = problems.code
    where problems.section is not null
    group by problems.section
)

select
    sections.code as section,
    sections.name,
    sections.town as town_code,
    towns.name as town,
    cast(sections.length_km as double) as length_km,
    coalesce(walked.patrols, 0) as patrols,
    walked.last_patrol,
    coalesce(standing.found, 0) as found,
    coalesce(standing.open, 0) as open,
    coalesce(standing.overdue, 0) as overdue,
    standing.days_max
from sections
left join towns on sections.town = towns.code
left join walked on sections.code = walked.section
left join standing on sections.code = standing.section
where sections.river = $river
order by towns.sort_order, sections.code

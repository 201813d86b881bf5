-- question: Which sections did nobody walk in a period, and since when? (未巡河段)
-- grain: one row per section without a patrol in the period, the longest unwalked first, those never walked before all
-- params: start date, as_of date, town text
-- columns: section, name, river (text); town_code, town (text); length_km (公里); chiefs (text) who answer for it at
--   as_of, null without; last_patrol (date) null when nobody ever walked it; days_since (天) from it to as_of
-- A patrol counts whoever made it, valid or not. A town none of whose patrols names a section of its own is left
-- out: its source lacks the field.
with walked as (
    select
        section,
        max(day) as last_patrol
    from section_days
    where day <= $as_of
    group by section
),

locating_towns as (
    select distinct sections.town
    from walked
    inner join sections on walked.section = sections.code
    union
    select code as town
    from towns
    where code not in (
        select coalesce(town, '') from patrol_days
        where day <= $as_of
    )
),

answering as (
    select
        section,
        string_agg(name, '、' order by code) as chiefs
    from (
        select
            code,
            name,
            unnest(sections) as section
        from chiefs
        where appointed_on <= $as_of and coalesce(left_on, $as_of) >= $as_of
    ) as posts
    group by section
)

select
    sections.code as section,
    sections.name,
    sections.river,
    sections.town as town_code,
    towns.name as town,
    cast(sections.length_km as double) as length_km,
    answering.chiefs,
    walked.last_patrol,
    date_diff('day', walked.last_patrol, cast($as_of as date)) as days_since
from sections
inner join locating_towns on sections.town = locating_towns.town
left join towns on sections.town = towns.code
left join walked on sections.code = walked.section
left join answering on sections.code = answering.section
where
    ($town is null or sections.town = $town)
    and coalesce(walked.last_patrol < $start, true)
order by walked.last_patrol nulls first, towns.sort_order, sections.code

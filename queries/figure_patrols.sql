-- question: Which patrols (巡河) make up a figure of a town?
-- grain: one row per patrol
-- params: start date, end date, as_of date, version date, town text, metric text
-- columns: town_code, town, code, chief, level, section (text); day (date); minutes (分钟); km (公里); too_short, too_near,
--   too_fast, unrecorded, too_long, too_soon, outside, overlapping (flag); numerator, denominator (次) what the patrol
--   adds to the figure, denominator null for a count
select
    patrols.town_code,
    towns.name as town,
    patrols.code,
    chiefs.name as chief,
    patrols.level,
    coalesce(sections.name, patrols.section) as section,
    patrols.day,
    patrols.minutes,
    cast(patrols.km as double) as km,
    patrols.too_short,
    patrols.too_near,
    patrols.too_fast,
    patrols.unrecorded,
    patrols.too_long,
    patrols.too_soon,
    patrols.outside,
    patrols.overlapping,
    case
        when $metric = 'valid_rate' then cast(patrols.valid as double)
        when $metric = 'perfunctory' then cast(patrols.perfunctory as double)
        else 1
    end as numerator,
    case when $metric in ('valid_rate', 'perfunctory') then 1 end as denominator
from patrol_reasons($start, $end, $as_of, $version, $town) as patrols
inner join chiefs on patrols.chief = chiefs.code
left join towns on patrols.town_code = towns.code
left join sections on patrols.section = sections.code
order by numerator, patrols.day, patrols.code

-- question: Which patrols of a period were invalid, by which figure against which limit? (无效巡河)
-- grain: one row per invalid patrol, the newest first
-- params: start date, end date, as_of date, version date, town text
-- columns: code, chief_code, chief, level, town_code, town, section (text); day (date); minutes (分钟); km (公里); kmh
--   (公里/小时); gap_hours (小时); too_short, too_long, too_near, too_fast, too_soon, outside, overlapping, unrecorded
--   (flag) all its reasons; min_minutes, max_minutes (分钟); min_km (公里); max_kmh (公里/小时);
--   min_gap_hours (小时)
select
    patrols.code,
    patrols.chief as chief_code,
    chiefs.name as chief,
    patrols.level,
    patrols.town_code,
    towns.name as town,
    coalesce(sections.name, patrols.section) as section,
    patrols.day,
    patrols.minutes,
    cast(patrols.km as double) as km,
    patrols.kmh,
    patrols.gap_hours,
    patrols.too_short,
    patrols.too_long,
    patrols.too_near,
    patrols.too_fast,
    patrols.too_soon,
    patrols.outside,
    patrols.overlapping,
    patrols.unrecorded,
    patrols.min_minutes,
    patrols.max_minutes,
    patrols.min_km,
    patrols.max_kmh,
    patrols.min_gap_hours
from patrol_reasons($start, $end, $as_of, $version, $town) as patrols
inner join chiefs on patrols.chief = chiefs.code
left join towns on patrols.town_code = towns.code
left join sections on patrols.section = sections.code
where not patrols.valid
order by patrols.day desc, towns.sort_order, patrols.code

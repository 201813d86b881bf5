-- question: Which patrols of a period are valid, and why are the others not? (有效巡河、走马观花)
-- grain: one row per patrol of the period
-- params: start date, end date, as_of date, version date, town text
-- columns: code, chief, level, town_code, section (text); day (date); minutes (分钟); km (公里); too_short, too_long,
--   too_near, too_fast, too_soon, outside, overlapping, unrecorded (flag) reasons; valid, perfunctory (flag)
select
    code,
    chief,
    level,
    town as town_code,
    section,
    day,
    minutes,
    km,
    too_short,
    too_long,
    too_near,
    too_fast,
    too_soon,
    outside,
    overlapping,
    unrecorded,
    valid,
    perfunctory
from patrol_checks
where
    version = $version
    and day between $start and least($end, $as_of)
    and ($town is null or town = $town)
order by day, code

-- question: Which patrols of a period are valid, and why are the others not? (有效巡河、走马观花)
-- grain: one row per patrol of the period
-- params: start date, end date, as_of date, version date, town text
-- columns: code, chief, level, town_code, section (text); day (date); minutes (分钟); km (公里); too_short, too_long,
--   too_near, too_fast, too_soon, outside, overlapping, unrecorded (flag) reasons; valid, perfunctory (flag);
--   kmh (公里/小时) null without minutes; gap_hours (小时) since his last patrol ended; min_minutes, max_minutes (分钟);
--   min_km (公里); max_kmh (公里/小时); min_gap_hours (小时). A limit that the policy leaves out is null
select
    checks.code,
    checks.chief,
    checks.level,
    checks.town as town_code,
    checks.section,
    checks.day,
    checks.minutes,
    checks.km,
    checks.too_short,
    checks.too_long,
    checks.too_near,
    checks.too_fast,
    checks.too_soon,
    checks.outside,
    checks.overlapping,
    checks.unrecorded,
    checks.valid,
    checks.perfunctory,
    cast(checks.km as double) * 60 / nullif(checks.minutes, 0) as kmh,
    checks.gap_hours,
    limits.min_minutes,
    limits.max_minutes,
    limits.min_km,
    limits.max_kmh,
    limits.min_gap_hours
from patrol_checks as checks
inner join patrol_limits as limits on checks.version = limits.version and checks.level = limits.level
where
    checks.version = $version
    and checks.day between $start and least($end, $as_of)
    and ($town is null or checks.town = $town)
order by checks.day, checks.code

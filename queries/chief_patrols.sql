-- question: Which patrols did a chief (河长) make in the period, and why are some not valid?
-- grain: one row per patrol, the newest first
-- params: start date, end date, as_of date, version date, chief text
-- columns: code (text); day (date); started_at (moment); section (text); minutes (分钟); km (公里); valid, perfunctory
--   (flag); too_short, too_long, too_near, too_fast, too_soon, outside, overlapping, unrecorded (flag) reasons
select
    checks.code,
    checks.day,
    patrols.started_at,
    coalesce(sections.name, checks.section) as section,
    checks.minutes,
    checks.km,
    checks.valid,
    checks.perfunctory,
    checks.too_short,
    checks.too_long,
    checks.too_near,
    checks.too_fast,
    checks.too_soon,
    checks.outside,
    checks.overlapping,
    checks.unrecorded
from patrol_checks as checks
inner join patrols on checks.code = patrols.code
left join sections on checks.section = sections.code
where
    checks.version = $version
    and checks.chief = $chief
    and checks.day between $start and least($end, $as_of)
order by patrols.started_at desc, checks.code

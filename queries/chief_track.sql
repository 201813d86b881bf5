-- question: What did one chief do day by day: patrols, duty, finds and misses? (个人轨迹)
-- grain: one row per day of the period on which he walked, owed, found or missed something
-- params: start date, end date, as_of date, version date, town text, chief text
-- columns: day (date); patrols, valid (次); minutes (分钟) summed over the day's patrols; km (公里) the same; sections
--   (text) that he walked; reasons (text) flags of the day's invalid patrols, comma between; required, done (次) of his
--   duty windows that end that day, null without; window_start (date) first day of the longest of them; reported (件)
--   problems that his patrols reported, null where the source gives none; missed (件) problems that others found that
--   day and he had walked past
with walks as (
    select
        checks.day,
        count(*) as patrols,
        count(*) filter (where checks.valid) as valid,
        sum(checks.minutes) as minutes,
        sum(checks.km) as km,
        string_agg(
            distinct coalesce(sections.name, checks.section), '、' order by coalesce(sections.name, checks.section)
        ) as sections,
        concat_ws(
            ',',
            case when bool_or(checks.too_short) then 'too_short' end,
            case when bool_or(checks.too_near) then 'too_near' end,
            case when bool_or(checks.too_fast) then 'too_fast' end,
            case when bool_or(checks.unrecorded) then 'unrecorded' end,
            case when bool_or(checks.too_long) then 'too_long' end,
            case when bool_or(checks.too_soon) then 'too_soon' end,
            case when bool_or(checks.outside) then 'outside' end,
            case when bool_or(checks.overlapping) then 'overlapping' end
        ) as reasons
    from patrol_checks as checks
    left join sections on checks.section = sections.code
    where
        checks.version = $version and checks.chief = $chief and checks.day between $start and least($end, $as_of)
    group by checks.day
),

reports as (
    select
        cast(started_at as date) as day,
        sum(problems_found) as reported
    from patrols
    where chief = $chief
    group by cast(started_at as date)
),

duties as (
    select
        window_end as day,
        sum(required) as required,
        sum(done) as done,
        min(window_start) as window_start
    from duty_windows
    where version = $version and chief = $chief and window_end between $start and least($end, $as_of)
    group by window_end
),

misses as (
    select
        found_on as day,
        count(*) as missed
    from missed_pairs
    where version = $version and chief = $chief and found_on between $start and least($end, $as_of)
    group by found_on
),

days as (
    select day from walks
    union
    select day from duties
    union
    select day from misses
)

select
    days.day,
    coalesce(walks.patrols, 0) as patrols,
    coalesce(walks.valid, 0) as valid,
    walks.minutes,
    cast(walks.km as double) as km,
    walks.sections,
    nullif(walks.reasons, '') as reasons,
    cast(duties.required as bigint) as required,
    cast(duties.done as bigint) as done,
    duties.window_start,
    cast(reports.reported as bigint) as reported,
    coalesce(misses.missed, 0) as missed
from days
left join walks on days.day = walks.day
left join reports on days.day = reports.day
left join duties on days.day = duties.day
left join misses on days.day = misses.day
inner join chiefs on chiefs.code = $chief and coalesce(chiefs.town = $town, $town is null)
order by days.day

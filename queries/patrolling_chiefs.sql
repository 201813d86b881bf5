-- question: How did each chief keep his duty in a period? (逐人履职; names, never a phone)
-- grain: one row per chief in office on any day of the period; those who owe most first
-- params: start date, end date, as_of date, version date, town text
-- columns: chief_code, chief, level, town_code, town, village (text); sections (段) that he answers for; done, required,
--   owed (次) over his duty windows that end in the period, null without; completion (share) done of required; valid,
--   patrols (次); valid_rate (share) valid of patrols; missed (件) problems that others found and he had walked past
with duties as (
    select
        chief,
        sum(done) as done,
        sum(required) as required
    from duty_windows
    where
        version = $version
        and window_end between $start and least($end, $as_of)
        and ($town is null or town = $town)
    group by chief
),

walks as (
    select
        chief,
        count(*) as patrols,
        count(*) filter (where valid) as valid
    from patrol_checks
    where version = $version and day between $start and least($end, $as_of) and ($town is null or town = $town)
    group by chief
),

misses as (
    select
        chief,
        count(*) as missed
    from missed_pairs
    where version = $version and found_on between $start and least($end, $as_of)
    group by chief
)

select
    chiefs.code as chief_code,
    chiefs.name as chief,
    chiefs.level,
    chiefs.town as town_code,
    towns.name as town,
    chiefs.village,
    coalesce(array_length(chiefs.sections), 0) as sections,
    cast(duties.done as bigint) as done,
    cast(duties.required as bigint) as required,
    cast(duties.required - duties.done as bigint) as owed,
    duties.done / nullif(duties.required, 0) as completion,
    coalesce(walks.valid, 0) as valid,
    coalesce(walks.patrols, 0) as patrols,
    walks.valid / nullif(walks.patrols, 0) as valid_rate,
    coalesce(misses.missed, 0) as missed
from chiefs
left join towns on chiefs.town = towns.code
left join duties on chiefs.code = duties.chief
left join walks on chiefs.code = walks.chief
left join misses on chiefs.code = misses.chief
where
    ($town is null or chiefs.town = $town)
    and chiefs.appointed_on <= $end
    and coalesce(chiefs.left_on, $start) >= $start
order by duties.required - duties.done desc nulls last, towns.sort_order, chiefs.code

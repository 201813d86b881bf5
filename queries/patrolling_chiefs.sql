-- question: How did each chief keep his duty in a period? (逐人履职; names, never a phone)
-- grain: one row per chief in office on any day of the period; those who owe most first
-- params: start date, end date, as_of date, version date, town text
-- columns: chief_code, chief, level, town_code, town, village (text); sections (段) that he answers for; done, required,
--   owed (次) over his duty windows that end in the period, null without; completion (share) done of required; valid,
--   patrols (次); valid_rate (share) valid of patrols; missed (件) problems that others found and he had walked past
with days as (
    select
        chief,
        sum(done) as done,
        sum(required) as required,
        coalesce(sum(valid), 0) as valid,
        coalesce(sum(patrols), 0) as patrols
    from chief_duty_days
    where version = $version and day between $start and least($end, $as_of)
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
    cast(days.done as bigint) as done,
    cast(days.required as bigint) as required,
    cast(days.required - days.done as bigint) as owed,
    days.done / nullif(days.required, 0) as completion,
    cast(coalesce(days.valid, 0) as bigint) as valid,
    cast(coalesce(days.patrols, 0) as bigint) as patrols,
    days.valid / nullif(days.patrols, 0) as valid_rate,
    coalesce(misses.missed, 0) as missed
from chiefs
left join towns on chiefs.town = towns.code
left join days on chiefs.code = days.chief
left join misses on chiefs.code = misses.chief
where
    ($town is null or chiefs.town = $town)
    and chiefs.appointed_on <= $end
    and coalesce(chiefs.left_on, $start) >= $start
order by days.required - days.done desc nulls last, towns.sort_order, chiefs.code

-- question: Which duties (应巡) make up a figure of a town, and how much of each was done?
-- grain: one row per chief, section (where the norm is by section) and window that ends in the period
-- params: start date, end date, as_of date, version date, town text, metric text
-- columns: town_code, town, chief, level, section (text); window_start, window_end (date); numerator (次) done, or
--   uncapped for the metric patrol_rate; denominator (次) required
select
    duties.town as town_code,
    towns.name as town,
    chiefs.name as chief,
    duties.level,
    coalesce(sections.name, nullif(duties.section, '')) as section,
    duties.window_start,
    duties.window_end,
    case when $metric = 'patrol_rate' then duties.walked else duties.done end as numerator,
    duties.required as denominator
from duty_windows as duties
inner join chiefs on duties.chief = chiefs.code
left join towns on duties.town = towns.code
left join sections on duties.section = sections.code
where
    duties.version = $version
    and duties.window_end between $start and least($end, $as_of)
    and ($town is null or duties.town = $town)
order by numerator, duties.window_end, duties.level, duties.chief

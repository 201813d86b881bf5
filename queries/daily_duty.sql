-- question: Of the patrols owed each day, how many were made, town by town?
-- grain: one row per town and day; per week (Monday) when the period is longer than 100 days; days without either
--   duty or patrol are left out
-- params: start date, end date, as_of date, version date
-- columns: town_code (text) null for chiefs of no town; first_day (date); last_day (date) the same, or the week's; item
--   (text) 欠巡, or 无效 where the policy has no daily norm (次/日); missing, of (次) owed and not done of the daily duty,
--   or invalid of all patrols; share (share) missing of those
-- Only daily norms: what falls due once a week or month would make the last day of each look like no other.
with daily_levels as (
    select level
    from patrol_norms
    where version = $version and unit = '次/日'
),

days as (
    select
        town as town_code,
        day,
        item,
        case when item = 'invalid' then numerator else denominator - numerator end as missing,
        denominator as of,
        case
            when date_diff('day', cast($start as date), cast($end as date)) < 100 then 'day' else 'week'
        end as span
    from town_patrol_days
    where
        version = $version
        and day between $start and least($end, $as_of)
        and item in (
            select level from daily_levels
            union all
            select 'invalid' as level
            where (select count(*) from daily_levels) = 0
        )
)

select
    town_code,
    greatest(cast(date_trunc(span, day) as date), $start) as first_day,
    max(day) as last_day,
    case when max(item) = 'invalid' then '无效' else '欠巡' end as item,
    cast(sum(missing) as bigint) as missing,
    cast(sum(of) as bigint) as of,
    sum(missing) / nullif(sum(of), 0) as share
from days
group by town_code, date_trunc(span, day)
order by town_code, first_day

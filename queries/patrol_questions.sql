-- question: Whose patrols look arranged: bunched at the month's end, or all of one length? (疑问，不计分)
-- grain: one row per chief, month and question, months that are over by as_of, from the one before the period's on
-- params: start date, end date, as_of date, version date, town text
-- columns: question (text) 月末集中 or 时长雷同; chief_code, chief, level, town_code, town (text); month_end (date) last day
--   of the month; patrols (次) in it; counted (次) in its last three days, or of one length; minutes (分钟) that length,
--   null for 月末集中; share (share) counted of patrols; even (share) what three days of the month come to, null for
--   时长雷同; share_limit (share); count_limit (次)
-- By the policy's 疑点限值: 月末集中 its share from which (参数 the fewest patrols that are judged), 时长雷同 its count
-- from which. A policy without the limit asks nothing. A question with its figures, never a verdict.
with limits as (
    select
        max(value) filter (where subject = '月末集中') as share_limit,
        coalesce(max(try_cast(argument as double)) filter (where subject = '月末集中'), 1) as fewest,
        max(value) filter (where subject = '时长雷同') as count_limit
    from rules
    where version = $version and rule = '疑点限值'
),

months as (
    select
        chief_months.*,
        limits.*
    from chief_months
    cross join limits
    where
        chief_months.month_end
        between date_trunc('month', cast($start as date)) - interval 1 day and least(last_day($end), $as_of)
),

asked as (
    select
        '月末集中' as question,
        chief,
        month_end,
        patrols,
        last_days as counted,
        cast(null as bigint) as minutes,
        3.0 / extract(day from month_end) as even,
        share_limit,
        cast(fewest as bigint) as count_limit
    from months
    where patrols >= fewest and last_days >= share_limit * patrols
    union all
    select
        '时长雷同' as question,
        chief,
        month_end,
        patrols,
        same as counted,
        same_minutes as minutes,
        null as even,
        null as share_limit,
        cast(count_limit as bigint) as count_limit
    from months
    where same >= count_limit
)

select
    asked.question,
    asked.chief as chief_code,
    chiefs.name as chief,
    chiefs.level,
    chiefs.town as town_code,
    towns.name as town,
    asked.month_end,
    asked.patrols,
    asked.counted,
    asked.minutes,
    asked.counted / asked.patrols as share,
    cast(asked.even as double) as even,
    cast(asked.share_limit as double) as share_limit,
    asked.count_limit
from asked
inner join chiefs on asked.chief = chiefs.code
left join towns on chiefs.town = towns.code
where ($town is null or chiefs.town = $town)
order by asked.question desc, asked.month_end desc, share desc, towns.sort_order, asked.chief

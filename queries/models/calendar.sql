-- question: In which window of each length does a day lie?
-- grain: one row per unit of patrol norms (次/日 … 次/年) and day, from 1 January of the first fact's year
-- needs: facts_span
-- columns: unit (text) as a norm writes it; day (date); window_start (date); window_end (date) inclusive
with series as (
    select
        unnest(generate_series(
            date_trunc('year', oldest), cast(newest as timestamp), interval 1 day
        )) as moment
    from facts_span
    where newest is not null
),

days as (
    select
        cast(moment as date) as day,
        cast(date_trunc('week', moment) as date) as week,
        cast(date_trunc('month', moment) as date) as month,
        cast(date_trunc('quarter', moment) as date) as quarter,
        cast(date_trunc('year', moment) as date) as year,
        least((extract(day from moment) - 1) // 10, 2) as third
    from series
),

windows as (
    select '次/日' as unit, day, day as window_start, day as window_end from days
    union all
    select '次/周' as unit, day, week as window_start, week + interval 6 day as window_end from days
    union all
    select
        '次/旬' as unit,
        day,
        month + interval 10 day * third as window_start,
        case when third < 2 then month + interval 10 day * third + interval 9 day else last_day(month) end as window_end
    from days
    union all
    select '次/月' as unit, day, month as window_start, last_day(month) as window_end from days
    union all
    select '次/季' as unit, day, quarter as window_start, last_day(quarter + interval 2 month) as window_end from days
    union all
    select '次/年' as unit, day, year as window_start, last_day(year + interval 11 month) as window_end from days
)

select
    unit,
    day,
    cast(window_start as date) as window_start,
    cast(window_end as date) as window_end
from windows

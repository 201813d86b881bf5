-- question: How were a chief's patrols of a month spread, and how often did they last the same? (疑问，不计分)
-- grain: one row per chief and month with a patrol
-- needs: patrols
-- columns: chief (code); month_end (date) last day of the month; patrols (次); last_days (次) of them in the month's last
--   three days; same_minutes (分钟) the commonest whole minutes, null where no length is known; same (次) patrols that
--   lasted so long
with timed as (
    select
        chief,
        cast(started_at as date) as day,
        last_day(cast(started_at as date)) as month_end,
        cast(floor(coalesce(minutes, date_diff('second', started_at, ended_at) / 60.0)) as bigint) as minutes
    from patrols
),

lengths as (
    select
        chief,
        month_end,
        minutes,
        count(*) as patrols,
        count(*) filter (where day > month_end - 3) as last_days
    from timed
    group by chief, month_end, minutes
)

select
    chief,
    month_end,
    cast(sum(patrols) as bigint) as patrols,
    cast(sum(last_days) as bigint) as last_days,
    first(minutes order by patrols desc, minutes) filter (where minutes is not null) as same_minutes,
    coalesce(max(patrols) filter (where minutes is not null), 0) as same
from lengths
group by chief, month_end

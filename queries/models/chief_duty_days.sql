-- question: What did each chief (河长) owe and walk on each day? All that chiefs' patrols are judged by.
-- grain: one row per policy version, chief and day on which he patrolled or a duty window of his ended
-- needs: duty_windows, patrol_checks
-- columns: version (date) policy version; chief (code); day (date); required, done (次) of the duty windows that end
--   that day; patrols, valid, perfunctory (次). Null where nothing was owed or walked
-- By day, so that a period reads only its own part of the mart.
with parts as (
    select
        version,
        chief,
        day,
        cast(null as bigint) as required,
        cast(null as bigint) as done,
        1 as patrols,
        case when valid then 1 else 0 end as valid,
        case when perfunctory then 1 else 0 end as perfunctory
    from patrol_checks
    union all
    select
        version,
        chief,
        window_end as day,
        required,
        done,
        null as patrols,
        null as valid,
        null as perfunctory
    from duty_windows
)

select
    version,
    chief,
    day,
    cast(sum(required) as bigint) as required,
    cast(sum(done) as bigint) as done,
    cast(sum(patrols) as bigint) as patrols,
    cast(sum(valid) as bigint) as valid,
    cast(sum(perfunctory) as bigint) as perfunctory
from parts
group by version, chief, day
order by version, day

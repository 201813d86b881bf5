-- question: What did each chief (河长) owe and walk on each day? All that chiefs' patrols are judged by.
-- grain: one row per policy version, chief and day on which he patrolled or a duty window of his ended
-- needs: duty_windows, patrol_checks
-- columns: version (date) policy version; chief (code); day (date); required, done (次) of the duty windows that end
--   that day; patrols, valid, perfunctory (次). Null where nothing was owed or walked
-- By day, so that a period reads only its own part of the mart.
with walked_days as (
    select
        version,
        chief,
        day,
        count(*) as patrols,
        count(case when valid then 1 end) as valid,
        count(case when perfunctory then 1 end) as perfunctory
    from patrol_checks
    group by version, chief, day
),

owed_days as (
    select
        version,
        chief,
        window_end as day,
        sum(required) as required,
        sum(done) as done
    from duty_windows
    group by version, chief, window_end
)

select
    coalesce(owed_days.version, walked_days.version) as version,
    coalesce(owed_days.chief, walked_days.chief) as chief,
    coalesce(owed_days.day, walked_days.day) as day,
    cast(owed_days.required as bigint) as required,
    cast(owed_days.done as bigint) as done,
    cast(walked_days.patrols as bigint) as patrols,
    cast(walked_days.valid as bigint) as valid,
    cast(walked_days.perfunctory as bigint) as perfunctory
from owed_days
full join walked_days
    on
        owed_days.version = walked_days.version
        and owed_days.chief = walked_days.chief
        and owed_days.day = walked_days.day
order by version, day

-- question: What do the patrols (巡河) of a day, and the duties that fell due on it, add to the figures of their town?
-- grain: one row per policy version, town (null: chiefs without one), metric and day
-- needs: patrol_days, duty_days
-- columns: version (date) policy version; town (code); metric (text); day, known_from, known_until (date);
--   numerator, denominator (number); code (text) null, for a row sums a day, all as in measures
with walks as (
    select
        version,
        town,
        day,
        sum(patrols) as patrols,
        sum(valid) as valid,
        sum(perfunctory) as perfunctory
    from patrol_days
    group by version, town, day
),

owed as (
    select
        version,
        town,
        day,
        sum(required) as required,
        sum(walked) as walked,
        sum(done) as done
    from duty_days
    group by version, town, day
),

counted as (
    select version, town, 'patrols' as metric, day, patrols as numerator, null as denominator from walks
    union all
    select version, town, 'valid_rate' as metric, day, valid as numerator, patrols as denominator from walks
    union all
    select version, town, 'perfunctory' as metric, day, perfunctory as numerator, patrols as denominator from walks
    union all
    select version, town, 'patrol_completion' as metric, day, done as numerator, required as denominator from owed
    union all
    select version, town, 'patrol_rate' as metric, day, walked as numerator, required as denominator from owed
)

select
    version,
    town,
    metric,
    day,
    day as known_from,
    cast(null as date) as known_until,
    cast(numerator as double) as numerator,
    cast(denominator as double) as denominator,
    cast(null as varchar) as code
from counted

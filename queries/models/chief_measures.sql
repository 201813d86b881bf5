-- question: What did each chief (河长) owe, walk, find, miss and leave undone? All that chiefs are judged by.
-- grain: one row per policy version, chief, metric and day of his patrols or duties, or problem
-- needs: duty_windows, patrol_checks, chief_problem_measures
-- columns: version (date) policy version; chief (code); metric (text) code in the registry; day (date) the day of the
--   period in which the row counts, null for a state whatever the period; known_from, known_until (date) exclusive,
--   null for ever; numerator, denominator (number) denominator null for a count; code (text) the problem behind it,
--   null for patrols and duties, which are summed by day so that the mart stays small
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

days as (
    select
        version,
        chief,
        'patrol_completion' as metric,
        window_end as day,
        sum(done) as numerator,
        sum(required) as denominator
    from duty_windows
    group by version, chief, window_end
    union all
    select version, chief, 'valid_rate' as metric, day, valid as numerator, patrols as denominator
    from walked_days
    union all
    select version, chief, 'perfunctory' as metric, day, perfunctory as numerator, patrols as denominator
    from walked_days
    union all
    select version, chief, 'patrols' as metric, day, patrols as numerator, null as denominator
    from walked_days
)

select
    version,
    chief,
    metric,
    day,
    day as known_from,
    cast(null as date) as known_until,
    cast(numerator as double) as numerator,
    cast(denominator as double) as denominator,
    cast(null as varchar) as code
from days
union all
select version, chief, metric, day, known_from, known_until, numerator, denominator, code
from chief_problem_measures

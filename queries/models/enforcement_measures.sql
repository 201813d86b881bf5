-- question: What does the enforcement (执法) of a day add to the figures of the town in which it took place?
-- grain: one row per policy version, town (null: returns that name none), metric and day
-- needs: enforcement_days, policy_versions
-- columns: version (date) policy version; town (code); metric (text); day, known_from, known_until (date);
--   numerator, denominator (number); code (text) null, for a row sums a day, all as in measures
with counted as (
    select town, 'enforcement' as metric, day, sum(inspections) as numerator
    from enforcement_days
    group by town, day
    union all
    select town, 'cases' as metric, day, sum(cases_opened) as numerator
    from enforcement_days
    group by town, day
)

select
    policy_versions.version,
    counted.town,
    counted.metric,
    counted.day,
    counted.day as known_from,
    cast(null as date) as known_until,
    cast(counted.numerator as double) as numerator,
    cast(null as double) as denominator,
    cast(null as varchar) as code
from counted
cross join policy_versions
where counted.numerator is not null

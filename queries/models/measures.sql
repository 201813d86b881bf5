-- question: What makes up every figure by which towns are compared? The one mart of all metrics (指标).
-- grain: one row per policy version, town (null: of no town), metric, day or item and stretch of days that it counts
-- needs: patrol_measures, problem_measures, rebound_measures, find_measures, linkage_measures,
--   enforcement_measures, water_measures, task_measures, rating_measures, facts_span, policy_versions, towns
-- columns: version (date) policy version; town (code); metric (text) code in the registry; day (date) of the period
--   that the row counts in, null for a state, which counts whatever the period; known_from, known_until (date) it
--   counts as at a day from the first on and before the second, null for ever; numerator, denominator (number) what it
--   adds to the figure, denominator null for a count; code (text) the item, null where a row sums a day
-- A town without a problem has zeros from the oldest fact on: before it nothing is known.
with zeros as (
    select 'open' as metric, cast(null as double) as denominator
    union all
    select 'overdue' as metric, null as denominator
    union all
    select 'overdue_crossed' as metric, null as denominator
    union all
    select 'due_soon' as metric, null as denominator
    union all
    select 'late_1_7' as metric, null as denominator
    union all
    select 'late_8_30' as metric, null as denominator
    union all
    select 'late_over_30' as metric, null as denominator
    union all
    select 'late_done' as metric, null as denominator
    union all
    select 'no_deadline' as metric, null as denominator
    union all
    select 'to_close' as metric, null as denominator
    union all
    select 'problems_found' as metric, null as denominator
    union all
    select 'rebound' as metric, null as denominator
    union all
    select 'on_time_rate' as metric, 0 as denominator
    union all
    select 'closure_rate' as metric, 0 as denominator
    union all
    select 'watchlist_clearance' as metric, 0 as denominator
    union all
    select 'found_rate' as metric, 0 as denominator
    union all
    select 'missed_rate' as metric, 0 as denominator
)

select version, town, metric, day, known_from, known_until, numerator, denominator, code from patrol_measures
union all
select version, town, metric, day, known_from, known_until, numerator, denominator, code from problem_measures
union all
select version, town, metric, day, known_from, known_until, numerator, denominator, code from rebound_measures
union all
select version, town, metric, day, known_from, known_until, numerator, denominator, code from find_measures
union all
select version, town, metric, day, known_from, known_until, numerator, denominator, code from linkage_measures
union all
select version, town, metric, day, known_from, known_until, numerator, denominator, code from enforcement_measures
union all
select version, town, metric, day, known_from, known_until, numerator, denominator, code from water_measures
union all
select version, town, metric, day, known_from, known_until, numerator, denominator, code from task_measures
union all
select version, town, metric, day, known_from, known_until, numerator, denominator, code from rating_measures
where chief is null
union all
select
    policy_versions.version,
    towns.code as town,
    zeros.metric,
    cast(null as date) as day,
    facts_span.oldest as known_from,
    cast(null as date) as known_until,
    cast(0 as double) as numerator,
    zeros.denominator,
    cast(null as varchar) as code
from towns
cross join policy_versions
cross join zeros
inner join facts_span on facts_span.oldest is not null

-- question: What does each rebound (反弹) add to the metrics of its town?
-- grain: one row per rebound
-- needs: rebounds
-- columns: version (date) policy version; town (code); metric (text) code in the registry; day (date) the day of the
--   rebound, in whose period it counts; known_from, known_until (date) counted when as_of is in [from, until), until
--   null = for ever; numerator, denominator (number) denominator null for a count; code (text) problem or outfall
select
    version,
    town,
    'rebound' as metric,
    day,
    day as known_from,
    cast(null as date) as known_until,
    cast(1 as double) as numerator,
    cast(null as double) as denominator,
    code
from rebounds

-- question: What was found, missed, left undone and done in time on each chief's (河长) sections, and graded (考评) of him?
-- grain: one row per policy version, chief, metric and problem behind it; one of 0 per chief for what is counted
-- needs: chief_find_measures, chief_debt_measures, rating_measures
-- columns: version (date) policy version; chief (code); metric (text) code in the registry; day (date) the day of the
--   period in which the row counts, null for a state whatever the period; known_from, known_until (date) exclusive,
--   null for ever; numerator, denominator (number) denominator null for a count; code (text) the problem
-- Duties and patrols are not here but in chief_duty_days: they would be a million rows each for a province's patrols.
select * from chief_find_measures
union all
select * from chief_debt_measures
union all
select version, chief, metric, day, known_from, known_until, numerator, denominator, code
from rating_measures
where chief is not null

-- question: What is each metric of each chief (河长) in a period? The one place where chiefs' metrics are computed.
-- grain: one row per chief and metric that he has
-- params: start date, end date, as_of date, version date
-- columns: chief (code); metric (text) code in the registry; numerator, denominator (number) denominator null for a
--   count; value (share or count) null when there is nothing to divide by
select
    chief,
    metric,
    sum(numerator) as numerator,
    sum(denominator) as denominator,
    sum(numerator) / case when count(denominator) = 0 then 1 else nullif(sum(denominator), 0) end as value
from chief_measures
where
    version = $version
    and (day is null or day between $start and $end)
    and known_from <= $as_of
    and (known_until is null or known_until > $as_of)
group by chief, metric

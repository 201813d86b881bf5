-- question: What is each metric of the whole district in a period?
-- grain: one row per metric
-- params: start date, end date, as_of date, version date
-- columns: metric (text) code in the registry; numerator, denominator (number) summed over the towns; value (share or
--   count) null when there is nothing to divide by
select
    metric,
    sum(numerator) as numerator,
    sum(denominator) as denominator,
    case
        when count(denominator) = 0 then sum(numerator) else sum(numerator) / nullif(sum(denominator), 0)
    end as value
from town_metrics($start, $end, $as_of, $version)
group by metric
order by metric

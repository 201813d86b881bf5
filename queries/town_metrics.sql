-- question: What is each metric of each town in a period? The one place where town metrics are added up.
-- grain: one row per town and metric that it has (town null: chiefs or returns that belong to no town)
-- params: start date, end date, as_of date, version date
-- columns: town_code (text); metric (text) code in the registry; numerator, denominator (number) denominator null for
--   a count; value (share, mean or count) null when there is nothing to divide by
select
    town as town_code,
    metric,
    sum(numerator) as numerator,
    sum(denominator) as denominator,
    sum(numerator) / case when count(denominator) = 0 then 1 else nullif(sum(denominator), 0) end as value
from known_measures($start, $end, $as_of, $version)
group by town, metric
order by town_code, metric

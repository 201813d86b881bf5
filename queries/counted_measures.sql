-- question: Item by item, what makes up a figure of a town?
-- grain: one row per town and item (problem, outfall, task, …) that counts in the figure
-- params: start date, end date, as_of date, version date, town text, metric text
-- columns: town, code (text); numerator, denominator (number) what the item adds, denominator null for a count
-- The condition is that of town_metrics; tests hold the sums of the two against each other for every metric.
select
    town,
    code,
    sum(numerator) as numerator,
    sum(denominator) as denominator
from measures
where
    version = $version
    and metric = $metric
    and code is not null
    and (day is null or day between $start and $end)
    and known_from <= $as_of
    and (known_until is null or known_until > $as_of)
    and ($town is null or town = $town)
group by town, code

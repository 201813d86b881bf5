-- question: Item by item, what makes up a figure of a town?
-- grain: one row per town and item (problem, outfall, task, …) that counts in the figure
-- params: start date, end date, as_of date, version date, town text, metric text
-- columns: town, code (text); numerator, denominator (number) what the item adds, denominator null for a count
select
    town,
    code,
    sum(numerator) as numerator,
    sum(denominator) as denominator
from known_measures($start, $end, $as_of, $version)
where metric = $metric and code is not null and ($town is null or town = $town)
group by town, code

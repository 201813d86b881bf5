-- question: Item by item, what did a chief (河长) earn, and from what? (河长考核项)
-- grain: one row per item of the rubric and metric of the chief, items first, most points first
-- params: start date, end date, as_of date, version date, chief text
-- columns: metric (text) code; method, argument (text) null for a metric that is not scored; points (分) at most; earned
--   (分) null when n/a, its weight then spread over the rest; numerator, denominator, value (number)
select
    metric,
    method,
    argument,
    points,
    earned,
    numerator,
    denominator,
    value
from chief_points($start, $end, $as_of, $version)
where chief = $chief
order by points desc nulls last, metric

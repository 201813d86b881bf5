-- question: Which problems (问题), outfalls or records make up a figure of a town?
-- grain: one row per town and item behind the figure
-- params: start date, end date, as_of date, version date, town text, metric text
-- columns: town_code, town (text); code (text) of the item; category, description, source, department (text) of a
--   problem; found_on (date); deadline (text) 整改时限 as in the ledger; done_on, closed_on (date) as known at as_of;
--   numerator, denominator (number) what it adds to the figure, denominator null for a
--   count
select
    rows_behind.town as town_code,
    towns.name as town,
    rows_behind.code,
    problems.category,
    problems.description,
    problems.source,
    problems.department,
    problems.found_on,
    problems.deadline,
    case when problems.done_on <= $as_of then problems.done_on end as done_on,
    case when problems.closed_on <= $as_of then problems.closed_on end as closed_on,
    rows_behind.numerator,
    rows_behind.denominator
from counted_measures($start, $end, $as_of, $version, $town, $metric) as rows_behind
left join towns on rows_behind.town = towns.code
left join problems on rows_behind.code = problems.code
order by rows_behind.numerator desc, problems.found_on, rows_behind.code

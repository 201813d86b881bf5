-- question: Which months of which points (断面) make up the water quality of a town?
-- grain: one row per point and month that is assessed
-- params: start date, end date, as_of date, version date, town text, metric text
-- columns: town_code, town, point, river (text); month (date) its first day; target_class, actual_class (text);
--   numerator (number) 1 where the target is met; denominator (number) 1
select
    rows_behind.town as town_code,
    towns.name as town,
    months.point,
    months.river,
    months.month,
    months.target_class,
    months.actual_class,
    rows_behind.numerator,
    rows_behind.denominator
from counted_measures($start, $end, $as_of, $version, $town, $metric) as rows_behind
inner join water_months as months
    on rows_behind.code = months.point || '/' || substr(cast(months.month as varchar), 1, 7)
left join towns on rows_behind.town = towns.code
order by rows_behind.numerator, months.month, months.point

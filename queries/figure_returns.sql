-- question: Which returns (执法记录) make up a figure of a town?
-- grain: one row per return that gives the figure
-- params: start date, end date, as_of date, town text, metric text
-- columns: town_code, town, code, department (text); day (date); power, offence (text); numerator (次 or 件) inspections,
--   or cases opened for the metric cases; denominator (number) null: a count
select
    returns.town as town_code,
    towns.name as town,
    returns.code,
    returns.department,
    returns.day,
    returns.power,
    returns.offence,
    case when $metric = 'cases' then returns.cases_opened else returns.inspections end as numerator,
    cast(null as double) as denominator
from enforcement as returns
left join towns on returns.town = towns.code
where
    returns.day between $start and least($end, $as_of)
    and ($town is null or returns.town = $town)
    and case when $metric = 'cases' then returns.cases_opened else returns.inspections end is not null
order by numerator desc, returns.day, returns.code

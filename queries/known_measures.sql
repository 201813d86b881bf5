-- question: Which rows of the mart count in a period, as known at the end of a day? The one place of that condition.
-- grain: one row of measures
-- params: start date, end date, as_of date, version date
-- columns: town, metric, code (text); numerator, denominator (number) as in measures
select
    town,
    metric,
    code,
    numerator,
    denominator
from measures
where
    version = $version
    and (day is null or day between $start and $end)
    and known_from <= $as_of
    and (known_until is null or known_until > $as_of)

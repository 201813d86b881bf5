-- question: How much of what the city has listed (市级挂账点) has each town cleared by the end of a period?
-- grain: one row per town with listed points, most that are not cleared first
-- params: start date, end date, as_of date, version date
-- columns: town (text); listed, cleared, left_open (处); share (share) the metric watchlist_clearance
select
    towns.town,
    cast(measures.denominator as bigint) as listed,
    cast(measures.numerator as bigint) as cleared,
    cast(measures.denominator - measures.numerator as bigint) as left_open,
    measures.value as share
from town_metrics($start, $end, $as_of, $version) as measures
inner join town_list($as_of) as towns on measures.town_code = towns.town_code
where measures.metric = 'watchlist_clearance' and measures.denominator > 0
order by left_open desc, share, towns.sort_order, towns.town

-- question: Item by item, what did each town earn, what did it lose, and what was it a period before?
-- grain: one row per town and rubric item, items in the rubric's order (most points first)
-- params: start date, end date, as_of date, version date, previous_start date, previous_end date,
--   previous_as_of date, previous_version date
-- columns: town (text); town_code (text); metric, method (text); position (number) of the item; points (分) at most;
--   earned, lost (分) null when n/a; numerator, denominator, value (number); previous_earned (分);
--   previous_numerator, previous_denominator (number); outside (flag) added to the 100, so that nothing is lost by it;
--   starting (分) 起评分, 0 without
select
    towns.town,
    now.town_code,
    now.metric,
    now.method,
    dense_rank() over (order by now.points desc, now.metric) as position,
    now.points,
    now.earned,
    case when not now.outside then now.points - now.earned end as lost,
    now.numerator,
    now.denominator,
    now.value,
    previous.earned as previous_earned,
    previous.numerator as previous_numerator,
    previous.denominator as previous_denominator,
    now.outside,
    now.starting
from item_points($start, $end, $as_of, $version) as now
inner join town_list($as_of) as towns on now.town_code = towns.town_code
left join item_points($previous_start, $previous_end, $previous_as_of, $previous_version) as previous
    on now.town_code = previous.town_code and now.metric = previous.metric
where now.points is not null
order by towns.sort_order, now.town_code, position

-- question: Item by item, what did each town earn, what did it lose, and what was it a period before?
-- grain: one row per town and rubric item, items in the rubric's order (most points first)
-- params: start date, end date, as_of date, version date, previous_start date, previous_end date,
--   previous_as_of date, previous_version date
-- columns: town (text); town_code (text); metric, method (text); position (number) of the item; points (分) at most;
--   earned, lost (分) null when n/a; numerator, denominator, value (number); previous_earned (分);
--   previous_numerator, previous_denominator (number); outside (flag) added to the 100, so that nothing is lost by it;
--   starting (分) 起评分, 0 without
with items as materialized (
    select *
    from
        item_points(
            $start, $end, $as_of, $version, $previous_start, $previous_end, $previous_as_of, $previous_version
        )
    where points is not null
)

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
    before.earned as previous_earned,
    before.numerator as previous_numerator,
    before.denominator as previous_denominator,
    now.outside,
    now.starting
from items as now
inner join town_list($as_of) as towns on now.town_code = towns.town_code
left join items as before
    on now.town_code = before.town_code and now.metric = before.metric and before.span = 'before'
where now.span = 'now'
order by towns.sort_order, now.town_code, position

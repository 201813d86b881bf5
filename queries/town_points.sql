-- question: How many points does each town have now and a period before, in all and by item, and what moved it most?
-- grain: one row per town that has a metric or a rubric item
-- params: start date, end date, as_of date, version date, previous_start date, previous_end date,
--   previous_as_of date, previous_version date
-- columns: town_code (text); score, previous_score (分) null without any item; riser, faller (metric code) the item that
--   gained, that lost most, of equals the first by code; rise, fall (分) by how much; added (分) from outside the 100,
--   起评分 included; whole (分) of all items within the 100; earned_by_item, points_by_item (lists of 分) of the items
--   within in the order of their codes, both 0 where n/a; figures (map) by metric code its numerator, denominator and
--   value
-- Where the rubric itself changed in between, no item is named as the mover: it would be the rule's doing.
-- An item within the 100 that is n/a for a town is left out and its weight spread over the rest; one outside adds 0.
with items as materialized (
    select *
    from
        item_points(
            $start, $end, $as_of, $version, $previous_start, $previous_end, $previous_as_of, $previous_version
        )
    where town_code is not null
),

sums as (
    select
        town_code,
        span,
        coalesce(sum(earned) filter (where outside), 0) + max(starting) as added,
        coalesce(sum(points) filter (where not outside), 0) as whole,
        sum(earned) filter (where not outside) as earned,
        sum(points) filter (where earned is not null and not outside) as counted,
        count(earned) > 0 as known,
        list(coalesce(earned, 0) order by metric) filter (where not outside) as earned_by_item,
        list(case when earned is null then 0 else points end order by metric) filter (where not outside)
            as points_by_item,
        map(
            list(metric order by metric),
            list({ 'numerator': numerator, 'denominator': denominator, 'value': value } order by metric)
        ) as figures
    from items
    group by town_code, span
),

totals as (
    select
        *,
        case
            when whole = 0 and known then round(added, 2)
            else round(earned / counted * whole + added, 2)
        end as score
    from sums
),

items_now as (
    select * from items
    where span = 'now'
),

items_before as (
    select * from items
    where span = 'before'
),

moves as (
    select
        coalesce(now.town_code, before.town_code) as town_code,
        coalesce(now.metric, before.metric) as metric,
        now.earned - before.earned as change,
        coalesce(now.points, -1) <> coalesce(before.points, -1)
        or coalesce(now.method, '') <> coalesce(before.method, '') as other_rule
    from items_now as now
    full join items_before as before
        on now.town_code = before.town_code and now.metric = before.metric
),

movers as (
    select
        town_code,
        first(metric order by round(change, 6) desc, metric) filter (where change > 0) as riser,
        max(change) filter (where change > 0) as rise,
        first(metric order by round(change, 6), metric) filter (where change < 0) as faller,
        min(change) filter (where change < 0) as fall,
        bool_or(other_rule) as other_rubric
    from moves
    group by town_code
)

select
    now.town_code,
    now.score,
    before.score as previous_score,
    case when not movers.other_rubric then movers.riser end as riser,
    case when not movers.other_rubric then movers.faller end as faller,
    case when not movers.other_rubric then movers.rise end as rise,
    case when not movers.other_rubric then movers.fall end as fall,
    now.added,
    now.whole,
    now.earned_by_item,
    now.points_by_item,
    now.figures
from totals as now
left join totals as before on now.town_code = before.town_code and before.span = 'before'
left join movers on now.town_code = movers.town_code
where now.span = 'now'

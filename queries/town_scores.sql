-- question: What is each town's score, its rank, the item that moved it, and how firm is the rank?
-- grain: one row per town
-- params: start date, end date, as_of date, version date, previous_start date, previous_end date,
--   previous_as_of date, previous_version date
-- columns: town_code, town (text); sort_order (number); status (text, 考核状态); status_from, status_to (date);
--   status_reason (text); score, previous_score (分) null without any item; figures (map) by metric code its numerator,
--   denominator and value; rank, previous_rank (位) competition ranks,
--   null when 试考核, 暂停考核 or without a score; moved_by (metric code) the item that changed most in the direction in
--   which the score went; moved_points (分) by how much; rank_low, rank_high (位) over 1,000 draws of the weights
--   and the weights as they are, in which scores that differ by less than 0.01 are equal
with scores as materialized (
    select
        towns.*,
        points.* exclude (town_code),
        towns.status = '正常' and points.score is not null as ranked,
        earlier.status = '正常' and points.previous_score is not null as previously_ranked
    from town_list($as_of) as towns
    inner join town_list($previous_as_of) as earlier on towns.town_code = earlier.town_code
    left join
        town_points(
            $start, $end, $as_of, $version, $previous_start, $previous_end, $previous_as_of, $previous_version
        ) as points
        on towns.town_code = points.town_code
),

fields as (
    select
        list(town_code order by town_code) as town_codes,
        list(
            { 'earned': earned_by_item, 'points': points_by_item, 'whole': whole, 'added': added } order by town_code
        ) as towns
    from scores
    where ranked and whole > 0
),

shaken as (
    select
        fields.town_codes,
        list_transform(
            fields.towns,
            lambda town: round(
                list_inner_product(town['earned'], draws.factors) / list_inner_product(town['points'], draws.factors)
                * town['whole'] + town['added'], 4
            )
        ) as shaken_scores
    from fields
    cross join weight_draws($version) as draws
),

sorted as (
    select *, list_reverse_sort(shaken_scores) as best_first
    from shaken
),

places as (
    select
        unnest(town_codes) as town_code,
        unnest(list_transform(shaken_scores, lambda score: list_position(best_first, score))) as rank
    from sorted
),

ranges as (
    select town_code, min(rank) as rank_low, max(rank) as rank_high
    from places
    group by town_code
)

select
    scores.* exclude (
        riser, rise, faller, fall, ranked, previously_ranked, added, whole, earned_by_item, points_by_item
    ),
    case when ranked then rank() over (partition by ranked order by score desc) end as rank,
    case
        when previously_ranked then rank() over (partition by previously_ranked order by previous_score desc)
    end as previous_rank,
    case sign(score - previous_score) when 1 then riser when -1 then faller end as moved_by,
    case sign(score - previous_score) when 1 then rise when -1 then fall end as moved_points,
    case when ranges.rank_low is not null then least(ranges.rank_low, rank) end as rank_low,
    case when ranges.rank_high is not null then greatest(ranges.rank_high, rank) end as rank_high
from scores
left join ranges on scores.town_code = ranges.town_code

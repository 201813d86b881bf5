-- question: What is each town's score, its rank, and the item that moved it?
-- grain: one row per town
-- params: start date, end date, as_of date, policy_on date, previous_start date, previous_end date,
--   previous_as_of date, previous_policy_on date
-- columns: town_code, town (text); sort_order (number); status (text, 考核状态); status_from, status_to (date);
--   status_reason (text); score, previous_score (分) null without any item; rank, previous_rank (位) competition ranks,
--   null when 试考核, 暂停考核 or without a score; moved_by (metric code) the item that changed most in the direction
--   in which the score went; moved_points (分) by how much
-- An item that is n/a for a town is left out and its weight spread over the rest.
with items as (
    select *, earned - previous_earned as change
    from town_items(
        $start, $end, $as_of, $policy_on, $previous_start, $previous_end, $previous_as_of, $previous_policy_on
    )
),

totals as (
    select
        town_code,
        round(sum(earned) * sum(points) / sum(points) filter (where earned is not null), 2) as score,
        round(sum(previous_earned) * sum(points) / sum(points) filter (where previous_earned is not null), 2)
            as previous_score,
        arg_max(metric, change) filter (where change > 0) as riser,
        max(change) filter (where change > 0) as rise,
        arg_min(metric, change) filter (where change < 0) as faller,
        min(change) filter (where change < 0) as fall
    from items
    group by town_code
),

scores as (
    select
        towns.*,
        totals.* exclude (town_code),
        totals.score is not null and towns.status = '正常' as ranked,
        totals.previous_score is not null and earlier.status = '正常' as previously_ranked
    from town_list($end) as towns
    inner join town_list($previous_end) as earlier on towns.town_code = earlier.town_code
    left join totals on towns.town_code = totals.town_code
)

select
    town_code,
    town,
    sort_order,
    status,
    status_from,
    status_to,
    status_reason,
    score,
    previous_score,
    case when ranked then rank() over (partition by ranked order by score desc) end as rank,
    case
        when previously_ranked then rank() over (partition by previously_ranked order by previous_score desc)
    end as previous_rank,
    case sign(score - previous_score) when 1 then riser when -1 then faller end as moved_by,
    case sign(score - previous_score) when 1 then rise when -1 then fall end as moved_points
from scores

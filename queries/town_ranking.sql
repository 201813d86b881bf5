-- question: How do the towns (镇乡街道) rank, who moved and why, and how firm is the rank?
-- grain: one row per town, ranked ones first
-- params: start date, end date, as_of date, version date, previous_start date, previous_end date,
--   previous_as_of date, previous_version date
-- columns: rank (位) competition rank, null when 试考核, 暂停考核 or without any item; town (text); score (分);
--   band (text, 等级); status (text, 考核状态); previous_rank (位); rank_change (位) up is positive;
--   moved_by (metric code) the item that moved most in the direction of the score; rank_low, rank_high (位) over
--   300 draws of the weights; patrol_completion, valid_rate, on_time_rate, closure_rate (share); overdue (件);
--   enforcement (次) inspections; town_code (text); moved_points, score_change (分); status_from, status_to (date);
--   status_reason (text); patrol_completion_num, patrol_completion_den, valid_rate_num, valid_rate_den (次);
--   on_time_rate_num, on_time_rate_den, closure_rate_num, closure_rate_den (件)
with scores as (
    select
        *,
        measures['patrol_completion'] as completion,
        measures['valid_rate'] as valid,
        measures['on_time_rate'] as on_time,
        measures['closure_rate'] as closure
    from town_scores(
        $start, $end, $as_of, $version, $previous_start, $previous_end, $previous_as_of, $previous_version
    )
)

select
    rank,
    town,
    score,
    (
        select arg_max(band, lower_edge) from bands($version)
        where lower_edge <= score
    ) as band,
    status,
    previous_rank,
    previous_rank - rank as rank_change,
    moved_by,
    rank_low,
    rank_high,
    completion.value as patrol_completion,
    valid.value as valid_rate,
    on_time.value as on_time_rate,
    closure.value as closure_rate,
    cast(measures['overdue'].value as bigint) as overdue,
    measures['enforcement'].value as enforcement,
    town_code,
    moved_points,
    score - previous_score as score_change,
    status_from,
    status_to,
    status_reason,
    completion.num as patrol_completion_num,
    completion.den as patrol_completion_den,
    valid.num as valid_rate_num,
    valid.den as valid_rate_den,
    on_time.num as on_time_rate_num,
    on_time.den as on_time_rate_den,
    closure.num as closure_rate_num,
    closure.den as closure_rate_den
from scores
order by rank nulls last, sort_order, town_code

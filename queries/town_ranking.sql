-- question: How do the towns (镇乡街道) rank, who moved and why, and how firm is the rank?
-- grain: one row per town, ranked ones first
-- params: start date, end date, as_of date, policy_on date, previous_start date, previous_end date,
--   previous_as_of date, previous_policy_on date
-- columns: rank (位) competition rank, null when 试考核, 暂停考核 or without any item; town (text); score (分);
--   band (text, 等级); status (text, 考核状态); previous_rank (位); rank_change (位) up is positive;
--   moved_by (metric code) the item that moved most in the direction of the score; rank_low, rank_high (位) over
--   1,000 draws of the weights; patrol_completion, valid_rate, on_time_rate, closure_rate (share); overdue (件);
--   enforcement (次) inspections; town_code (text); moved_points, score_change (分); status_from, status_to (date);
--   status_reason (text); patrol_completion_num, patrol_completion_den, valid_rate_num, valid_rate_den (次);
--   on_time_rate_num, on_time_rate_den, closure_rate_num, closure_rate_den (件)
select
    scores.rank,
    scores.town,
    scores.score,
    (
        select arg_max(band, lower_edge) from bands($policy_on)
        where lower_edge <= scores.score
    ) as band,
    scores.status,
    scores.previous_rank,
    scores.previous_rank - scores.rank as rank_change,
    scores.moved_by,
    ranges.rank_low,
    ranges.rank_high,
    figures.patrol_completion,
    figures.valid_rate,
    figures.on_time_rate,
    figures.closure_rate,
    figures.overdue,
    figures.enforcement,
    scores.town_code,
    scores.moved_points,
    scores.score - scores.previous_score as score_change,
    scores.status_from,
    scores.status_to,
    scores.status_reason,
    figures.* exclude (town_code, patrol_completion, valid_rate, on_time_rate, closure_rate, overdue, enforcement)
from
    town_scores(
        $start, $end, $as_of, $policy_on, $previous_start, $previous_end, $previous_as_of, $previous_policy_on
    ) as scores
inner join town_figures($start, $end, $as_of, $policy_on) as figures on scores.town_code = figures.town_code
left join rank_ranges($start, $end, $as_of, $policy_on) as ranges on scores.town_code = ranges.town_code
order by scores.rank nulls last, scores.sort_order, scores.town_code

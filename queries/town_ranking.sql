-- question: How do the towns (镇乡街道) rank, who moved and why, and how firm is the rank?
-- grain: one row per town, ranked ones first
-- params: start date, end date, as_of date, version date, previous_start date, previous_end date,
--   previous_as_of date, previous_version date
-- columns: rank (位) competition rank, null when 试考核, 暂停考核 or without any item; town (text); score (分);
--   band (text, 等级); status (text, 考核状态); previous_rank (位); rank_change (位) up is positive;
--   moved_by (metric code) the item that moved most in the direction of the score; rank_low, rank_high (位) over
--   1,000 draws of the weights; patrol_completion, valid_rate, on_time_rate, closure_rate (share); overdue (件);
--   enforcement (次) inspections; town_code (text); moved_points, score_change (分); status_from, status_to (date);
--   status_reason (text); patrol_completion_num, patrol_completion_den, valid_rate_num, valid_rate_den (次);
--   on_time_rate_num, on_time_rate_den, closure_rate_num, closure_rate_den (件); failing (flag) the band is the lowest
select
    scores.rank,
    scores.town,
    scores.score,
    bands.band,
    scores.status,
    scores.previous_rank,
    scores.previous_rank - scores.rank as rank_change,
    scores.moved_by,
    scores.rank_low,
    scores.rank_high,
    scores.figures['patrol_completion'].value as patrol_completion,
    scores.figures['valid_rate'].value as valid_rate,
    scores.figures['on_time_rate'].value as on_time_rate,
    scores.figures['closure_rate'].value as closure_rate,
    cast(scores.figures['overdue'].value as bigint) as overdue,
    scores.figures['enforcement'].value as enforcement,
    scores.town_code,
    scores.moved_points,
    scores.score - scores.previous_score as score_change,
    scores.status_from,
    scores.status_to,
    scores.status_reason,
    scores.figures['patrol_completion'].numerator as patrol_completion_num,
    scores.figures['patrol_completion'].denominator as patrol_completion_den,
    scores.figures['valid_rate'].numerator as valid_rate_num,
    scores.figures['valid_rate'].denominator as valid_rate_den,
    scores.figures['on_time_rate'].numerator as on_time_rate_num,
    scores.figures['on_time_rate'].denominator as on_time_rate_den,
    scores.figures['closure_rate'].numerator as closure_rate_num,
    scores.figures['closure_rate'].denominator as closure_rate_den,
    coalesce(bands.failing, false) as failing
from
    town_scores(
        $start, $end, $as_of, $version, $previous_start, $previous_end, $previous_as_of, $previous_version
    ) as scores
left join bands($version) as bands
    on scores.score >= bands.lower_edge and scores.score < coalesce(bands.upper_edge, scores.score + 1)
order by scores.rank nulls last, scores.sort_order, scores.town_code

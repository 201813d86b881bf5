-- question: How do the chiefs (河长) of each town and level score: average, share excellent, share failing?
-- grain: one row per town and level; with level null all levels of a town, with town null the whole district
-- params: start date, end date, as_of date, version date, previous_start date, previous_end date,
--   previous_as_of date, previous_version date, town text
-- columns: town, level (text); chiefs, scored (人) in office, and of them with a score; average_score (分);
--   excellent_share, failing_share (share, 优秀率、不合格率) in the best and in the lowest band ÷ scored; excellent,
--   failing (人); bands (map) by band how many; idle, careless, grave (人) flagged 在岗不履职, 在岗不用心, 突出问题;
--   due_yuan, withheld_yuan (元) of the subsidy, null unless the period is a month; sort_order (number)
-- Chiefs of no town stand under 区属.
with scores as (
    select
        *,
        coalesce(town, '区属') as place
    from chief_scores(
        $start, $end, $as_of, $version, $previous_start, $previous_end, $previous_as_of, $previous_version, $town
    )
)

select
    place as town,
    level,
    count(*) as chiefs,
    count(score) as scored,
    avg(score) as average_score,
    count(*) filter (where excellent) / nullif(count(score), 0) as excellent_share,
    count(*) filter (where failing) / nullif(count(score), 0) as failing_share,
    count(*) filter (where excellent) as excellent,
    count(*) filter (where failing) as failing,
    histogram(band) as bands,
    count(*) filter (where idle) as idle,
    count(*) filter (where careless_walks or careless_misses) as careless,
    count(*) filter (where grave > 0) as grave,
    sum(due_yuan) as due_yuan,
    sum(withheld_yuan) as withheld_yuan,
    max(sort_order) as sort_order
from scores
group by grouping sets ((place, level), (place), (level), ())
order by place nulls first, level nulls first

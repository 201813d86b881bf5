-- question: What is each metric of each town, and how many points does it earn by the rubric (考核项) in force?
-- grain: one row per town and metric; a rubric item also where the town has no figure for it
-- params: start date, end date, as_of date, version date
-- columns: town_code, metric (text); numerator, denominator, value (number) of the metric; method (text); points (分) at
--   most, null with the method for a metric that the rubric does not score; earned (分) null when n/a for the town;
--   outside (flag) whether the item lies outside the 100, so that it is added as it is and nothing is spread when it is
--   n/a; starting (分) the rubric's 起评分, 0 without one
-- score = earned ÷ points of the items within × 100 (points of all items within) + earned of those outside + starting.
-- points_earned knows how a value earns. Of 考评:… (graded by
-- a department) 按比例 and 分档 take the mean, the other methods the sum, 0 without a record.
with wanted as (
    select
        towns.code as town_code,
        rubric.*,
        rubric.metric like '考评:%' and rubric.method in ('扣分', '目标', '加减分') and span.oldest <= $end as summed
    from towns
    cross join rubric($version) as rubric
    cross join facts_span as span
),

measured as (
    select
        *,
        max(case when metric = 'overdue_crossed' then value end) over (partition by town_code) as crossed
    from town_metrics($start, $end, $as_of, $version)
),

judged as (
    select
        coalesce(wanted.town_code, measured.town_code) as town_code,
        coalesce(wanted.metric, measured.metric) as metric,
        case when wanted.summed then coalesce(measured.numerator, 0) else measured.numerator end as numerator,
        case when not coalesce(wanted.summed, false) then measured.denominator end as denominator,
        case when wanted.summed then coalesce(measured.numerator, 0) else measured.value end as value,
        case when wanted.argument like '%;跨月翻倍' then coalesce(measured.crossed, 0) else 0 end as doubled,
        wanted.method,
        wanted.points,
        wanted.argument,
        wanted.outside,
        wanted.starting
    from wanted
    full join measured on wanted.town_code = measured.town_code and wanted.metric = measured.metric
)

select
    town_code,
    metric,
    numerator,
    denominator,
    value,
    method,
    points,
    points_earned(method, points, argument, value + doubled) as earned,
    outside,
    starting
from judged

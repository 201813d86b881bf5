-- question: What is each metric of each chief (河长), and how many points does it earn by the 河长考核项 in force?
-- grain: one row per chief in office in the period and metric; a rubric item also where he has no figure for it
-- params: start date, end date, as_of date, version date
-- columns: chief (code); metric (text); numerator, denominator, value (number) of the metric; method, argument (text);
--   points (分) at most, null with the method for a metric that the rubric does not score; earned (分) null when n/a;
--   outside (flag) beside the 100: 加减分, and all items where the rubric has 河长起评分; starting (分) that 起评分, else 0
with wanted as (
    select chiefs.code as chief, items.*, items.summed and span.oldest <= $end as counted
    from chiefs
    cross join rubric_items as items
    cross join facts_span as span
    where
        items.version = $version
        and items.rubric = '河长考核项'
        and chiefs.appointed_on <= $as_of
        and coalesce(chiefs.left_on, $start) >= $start
),

judged as (
    select
        coalesce(wanted.chief, measured.chief) as chief,
        coalesce(wanted.metric, measured.metric) as metric,
        case when wanted.counted then coalesce(measured.numerator, 0) else measured.numerator end as numerator,
        case when not coalesce(wanted.counted, false) then measured.denominator end as denominator,
        case when wanted.counted then coalesce(measured.numerator, 0) else measured.value end as value,
        wanted.* exclude (chief, metric)
    from wanted
    full join chief_metrics($start, $end, $as_of, $version) as measured
        on wanted.chief = measured.chief and wanted.metric = measured.metric
)

select
    chief,
    metric,
    numerator,
    denominator,
    value,
    method,
    argument,
    points,
    points_earned(method, points, argument, value) as earned,
    outside,
    starting
from judged

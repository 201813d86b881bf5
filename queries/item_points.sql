-- question: What is each metric of each town, and how many points does it earn by the rubric (考核项) in force?
-- grain: one row per town and metric; a rubric item also where the town has no figure for it
-- params: start date, end date, as_of date, version date
-- columns: town_code, metric (text); numerator, denominator, value (number) of the metric; method (text); points (分) at
--   most, null with the method for a metric that the rubric does not score; earned (分) null when n/a for the town;
--   outside (flag) whether the item lies outside the 100, so that it is added as it is and nothing is spread when it is
--   n/a; starting (分) the rubric's 起评分, 0 without one
-- score = earned ÷ points of the items within × 100 (points of all items within) + earned of those outside + starting.
with measured as materialized (
    select *
    from town_metrics($start, $end, $as_of, $version)
),

wanted as (
    select towns.code as town_code, items.*, items.summed and span.oldest <= $end as counted
    from towns
    cross join rubric_items as items
    cross join facts_span as span
    where items.version = $version and items.rubric = '考核项'
),

judged as (
    select
        coalesce(wanted.town_code, measured.town_code) as town_code,
        coalesce(wanted.metric, measured.metric) as metric,
        case when wanted.counted then coalesce(measured.numerator, 0) else measured.numerator end as numerator,
        case when not coalesce(wanted.counted, false) then measured.denominator end as denominator,
        case when wanted.counted then coalesce(measured.numerator, 0) else measured.value end as value,
        wanted.method,
        wanted.points,
        wanted.argument,
        wanted.doubled,
        wanted.outside,
        wanted.starting
    from wanted
    full join measured on wanted.town_code = measured.town_code and wanted.metric = measured.metric
)

select
    judged.town_code,
    judged.metric,
    judged.numerator,
    judged.denominator,
    judged.value,
    judged.method,
    judged.points,
    points_earned(
        judged.method, judged.points, judged.argument, judged.value + coalesce(crossed.value, 0)
    ) as earned,
    judged.outside,
    judged.starting
from judged
left join measured as crossed
    on judged.doubled and judged.town_code = crossed.town_code and crossed.metric = 'overdue_crossed'

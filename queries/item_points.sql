-- question: What is each metric of each town now and a period before, and how many points by the rubric (考核项) in force?
-- grain: one row per span, town and metric; a rubric item also where the town has no figure for it
-- params: start date, end date, as_of date, version date, previous_start date, previous_end date,
--   previous_as_of date, previous_version date
-- columns: span (text) now or before; town_code, metric (text); numerator, denominator, value (number) of the metric;
--   method (text); points (分) at most, null with the method for a metric that the rubric does not score; earned (分)
--   null when n/a for the town; outside (flag) whether the item lies outside the 100, so that it is added as it is and
--   nothing is spread when it is n/a; starting (分) the rubric's 起评分, 0 without one
-- score = earned ÷ points of the items within × 100 (points of all items within) + earned of those outside + starting.
-- Both spans in one pass: planning a select is what a question costs.
with measured as materialized (
    select 'now' as span, *
    from town_metrics($start, $end, $as_of, $version)
    union all
    select 'before' as span, *
    from town_metrics($previous_start, $previous_end, $previous_as_of, $previous_version)
),

spans as (
    select 'now' as span, $version as version, $end as last_day
    union all
    select 'before' as span, $previous_version as version, $previous_end as last_day
),

wanted as (
    select
        spans.span,
        towns.code as town_code,
        items.*,
        items.summed and facts_span.oldest <= spans.last_day as counted
    from towns
    cross join spans
    cross join facts_span
    inner join rubric_items as items on spans.version = items.version and items.rubric = '考核项'
),

judged as (
    select
        coalesce(wanted.span, measured.span) as span,
        coalesce(wanted.town_code, measured.town_code) as town_code,
        coalesce(wanted.metric, measured.metric) as metric,
        case when wanted.counted then coalesce(measured.numerator, 0) else measured.numerator end as numerator,
        case when not coalesce(wanted.counted, false) then measured.denominator end as denominator,
        case when wanted.counted then coalesce(measured.numerator, 0) else measured.value end as value,
        wanted.* exclude (span, town_code, metric)
    from wanted
    full join measured
        on wanted.span = measured.span and wanted.town_code = measured.town_code and wanted.metric = measured.metric
)

select
    judged.span,
    judged.town_code,
    judged.metric,
    judged.numerator,
    judged.denominator,
    judged.value,
    judged.method,
    judged.points,
    points_earned(
        judged.method,
        judged.points,
        judged.argument,
        judged.value + case when judged.doubled then coalesce(crossed.value, 0) else 0 end
    ) as earned,
    judged.outside,
    judged.starting
from judged
left join measured as crossed
    on
        judged.span = crossed.span
        and judged.town_code = crossed.town_code
        and crossed.metric = 'overdue_crossed'

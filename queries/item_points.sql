-- question: What is each metric of each town, and how many points does it earn by the rubric (考核项) in force?
-- grain: one row per town and metric; a rubric item also where the town has no figure for it
-- params: start date, end date, as_of date, version date
-- columns: town_code, metric (text); numerator, denominator, value (number) of the metric; method (text); points (分) at
--   most, null with the method for a metric that the rubric does not score; earned (分) null when n/a for the town
-- 按比例: points × rate. 目标: points × min(1, value ÷ 参数). 扣分: points less 参数 for each, never under 0 (扣完为止).
-- 分档: 参数 holds edge:points;edge:points, each lower edge inclusive, 0 below the lowest. 加减分 is not scored yet.
with rubric as (
    select subject as metric, method, value as points, argument
    from rules_in_force($version)
    where rule = '考核项' and method in ('按比例', '目标', '扣分', '分档')
),

wanted as (
    select towns.code as town_code, rubric.*
    from towns
    cross join rubric
)

select
    coalesce(wanted.town_code, measured.town_code) as town_code,
    coalesce(wanted.metric, measured.metric) as metric,
    measured.numerator,
    measured.denominator,
    measured.value,
    wanted.method,
    wanted.points,
    case
        when measured.value is null then null
        when wanted.method = '按比例' then wanted.points * measured.value
        when wanted.method = '目标' then wanted.points * least(1, measured.value / cast(wanted.argument as double))
        when wanted.method = '扣分'
            then greatest(0, wanted.points - cast(wanted.argument as double) * measured.value)
        when wanted.method = '分档' then coalesce(list_max(list_transform(
            list_filter(
                string_split(wanted.argument, ';'),
                lambda step: cast(split_part(step, ':', 1) as double) <= measured.value
            ),
            lambda step: [cast(split_part(step, ':', 1) as double), cast(split_part(step, ':', 2) as double)]
        ))[2], 0)
    end as earned
from wanted
full join town_metrics($start, $end, $as_of, $version) as measured
    on wanted.town_code = measured.town_code and wanted.metric = measured.metric

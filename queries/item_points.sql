-- question: How many points does each town earn for each item (考核项) of the rubric in force?
-- grain: one row per town and rubric item
-- params: start date, end date, as_of date, policy_on date
-- columns: town_code, metric, method (text); points (分) at most; numerator, denominator, value (number) of the metric;
--   earned (分) null when the metric is n/a for the town
-- 按比例: points × rate. 目标: points × min(1, value ÷ 参数). 扣分: points less 参数 for each, never under 0 (扣完为止).
-- 分档: 参数 holds edge:points;edge:points, each lower edge inclusive.
with rubric as (
    select subject as metric, method, value as points, argument
    from rules_in_force($policy_on)
    where rule = '考核项'
),

measured as (
    select * from town_metrics($start, $end, $as_of, $policy_on)
),

steps as (
    select metric, unnest(string_split(argument, ';')) as step
    from rubric
    where method = '分档'
),

edges as (
    select
        metric,
        cast(split_part(step, ':', 1) as double) as edge,
        cast(split_part(step, ':', 2) as double) as points
    from steps
),

banded as (
    select measured.town_code, measured.metric, arg_max(edges.points, edges.edge) as earned
    from measured
    inner join edges on measured.metric = edges.metric and measured.value >= edges.edge
    group by measured.town_code, measured.metric
)

select
    towns.code as town_code,
    rubric.metric,
    rubric.method,
    rubric.points,
    measured.numerator,
    measured.denominator,
    measured.value,
    case rubric.method
        when '按比例' then rubric.points * measured.value
        when '目标' then rubric.points * least(1, measured.value / cast(rubric.argument as double))
        when '扣分' then greatest(0, rubric.points - cast(rubric.argument as double) * measured.value)
        when '分档' then banded.earned
    end as earned
from towns
cross join rubric
left join measured on towns.code = measured.town_code and rubric.metric = measured.metric
left join banded on towns.code = banded.town_code and rubric.metric = banded.metric

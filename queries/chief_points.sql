-- question: What is each metric of each chief (河长), and how many points does it earn by the 河长考核项 in force?
-- grain: one row per chief in office in the period and metric; a rubric item also where he has no figure for it
-- params: start date, end date, as_of date, version date
-- columns: chief (code); metric (text); numerator, denominator, value (number) of the metric; method, argument (text);
--   points (分) at most, null with the method for a metric that the rubric does not score; earned (分) null when n/a;
--   outside (flag) beside the 100: 加减分, and all items where the rubric has 河长起评分; starting (分) that 起评分, else 0
with rubric as (
    select
        subject as metric,
        method,
        value as points,
        argument,
        coalesce(max(case when rule = '河长起评分' then value end) over (), 0) as starting,
        method = '加减分' or bool_or(rule = '河长起评分') over () as outside
    from rules_in_force($version)
    where rule in ('河长考核项', '河长起评分')
    qualify rule = '河长考核项'
),

wanted as (
    select chiefs.code as chief, rubric.*
    from chiefs
    cross join rubric
    where chiefs.appointed_on <= $as_of and coalesce(chiefs.left_on, $start) >= $start
)

select
    coalesce(wanted.chief, measured.chief) as chief,
    coalesce(wanted.metric, measured.metric) as metric,
    measured.numerator,
    measured.denominator,
    measured.value,
    wanted.method,
    wanted.argument,
    wanted.points,
    points_earned(wanted.method, wanted.points, wanted.argument, measured.value) as earned,
    wanted.outside,
    wanted.starting
from wanted
full join chief_metrics($start, $end, $as_of, $version) as measured
    on wanted.chief = measured.chief and wanted.metric = measured.metric

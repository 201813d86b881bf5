-- question: By which items is what scored, towns by 考核项 and chiefs by 河长考核项, and what lies outside the 100?
-- grain: one row per policy version, rubric and item
-- needs: rules
-- columns: version (date) policy version; rubric (考核项 or 河长考核项); metric (text) code, or 考评: and a name; method (text);
--   points (分) at most; argument (text); summed (flag) judged by the sum of its records, 0 without one; doubled (flag)
--   跨月翻倍; outside (flag) beside the 100; starting (分) 起评分 of the rubric, 0 without
-- Outside are 加减分, and every item of a rubric with 起评分. Of what a department grades by hand (考评), what is counted
-- (扣分, 目标, 加减分) is summed; what is a mark or a share (按比例, 分档) is averaged, and n/a without a record.
with starts as (
    select version, replace(rule, '起评分', '考核项') as rubric, max(value) as starting
    from rules
    where rule in ('起评分', '河长起评分')
    group by version, rule
)

select
    items.version,
    items.rule as rubric,
    items.subject as metric,
    items.method,
    items.value as points,
    items.argument,
    items.subject like '考评:%' and items.method in ('扣分', '目标', '加减分') as summed,
    coalesce(items.argument like '%;跨月翻倍', false) as doubled,
    items.method = '加减分' or starts.starting is not null as outside,
    coalesce(starts.starting, 0) as starting
from rules as items
left join starts on items.version = starts.version and items.rule = starts.rubric
where items.rule in ('考核项', '河长考核项')

-- question: By which items (考核项) does the policy in force score a town?
-- grain: one row per item
-- params: version date
-- columns: metric (text) code in the registry, or 考评: and a name; method (text); points (分) at most; argument (text)
--   of the method; outside (flag) whether it lies outside the 100; starting (分) 起评分, 0 without one
-- Outside are 加减分, and every item of a rubric that has a starting score.
select
    subject as metric,
    method,
    value as points,
    argument,
    method = '加减分' or bool_or(rule = '起评分') over () as outside,
    coalesce(max(case when rule = '起评分' then value end) over (), 0) as starting
from rules_in_force($version)
where rule in ('考核项', '起评分')
qualify rule = '考核项'

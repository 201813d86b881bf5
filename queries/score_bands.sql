-- question: Which bands does the policy in force give for which scores, of towns (档) and of chiefs (河长档)?
-- grain: one row per rule and band, the best band of each rule first
-- params: version date
-- columns: rule (text) 档 or 河长档; band (text, 等级); lower_edge (分) inclusive; upper_edge (分) exclusive, null for the
--   best; excellent (flag) the best; failing (flag) the lowest of several, whatever it is called;
--   effective_from (date); origin (text) source
select
    rule,
    subject as band,
    value as lower_edge,
    lag(value) over (partition by rule order by value desc) as upper_edge,
    value = max(value) over (partition by rule) as excellent,
    value = min(value) over (partition by rule) and count(*) over (partition by rule) > 1 as failing,
    effective_from,
    origin
from rules_in_force($version)
where rule in ('档', '河长档')
order by rule, value desc

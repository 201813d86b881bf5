-- question: Which bands (等级) does the policy in force give for which scores?
-- grain: one row per band, the best first
-- params: version date
-- columns: band (text); lower_edge (分) inclusive; upper_edge (分) exclusive, null for the best;
--   effective_from (date); origin (text) source
select
    subject as band,
    value as lower_edge,
    lag(value) over (order by value desc) as upper_edge,
    effective_from,
    origin
from rules_in_force($version)
where rule = '档'
order by value desc

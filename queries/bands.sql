-- question: Which bands (等级) does the policy in force give towns for which scores?
-- grain: one row per band, the best first
-- params: version date
-- columns: band (text); lower_edge (分) inclusive; upper_edge (分) exclusive, null for the best;
--   effective_from (date); origin (text) source; failing (flag) the lowest of several
select
    band,
    lower_edge,
    upper_edge,
    effective_from,
    origin,
    failing
from score_bands($version)
where rule = '档'
order by lower_edge desc

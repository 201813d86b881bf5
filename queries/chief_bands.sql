-- question: Which bands (等级) does the policy in force give chiefs for which scores, and what share of the subsidy?
-- grain: one row per band, the best first
-- params: version date
-- columns: band (text); lower_edge (分) inclusive; upper_edge (分) exclusive, null for the best; excellent (flag) the
--   best; failing (flag) the lowest of several; share (share, 补贴) of the monthly subsidy, null where the policy has
--   none; effective_from (date); origin (text) source
-- 河长档 where the policy has any, else the 档 of the towns.
with bands as (
    select *
    from score_bands($version)
    qualify rank() over (order by case when rule = '河长档' then 1 else 2 end) = 1
)

select
    bands.band,
    bands.lower_edge,
    bands.upper_edge,
    bands.excellent,
    bands.failing,
    shares.value as share,
    bands.effective_from,
    bands.origin
from bands
left join rules_in_force($version) as shares on shares.rule = '补贴' and bands.band = shares.subject
order by bands.lower_edge desc

-- question: Which bands (等级) does the policy in force give chiefs for which scores, and what share of the subsidy?
-- grain: one row per band, the best first
-- params: version date
-- columns: band (text); lower_edge (分) inclusive; upper_edge (分) exclusive, null for the best; excellent (flag) the
--   best; failing (flag) the lowest of several; share (share, 补贴) of the monthly subsidy, null where the policy has
--   none; effective_from (date); origin (text) source
-- 河长档 where the policy has any, else the 档 of the towns.
with edges as (
    select *
    from rules_in_force($version)
    where rule in ('河长档', '档')
    qualify rank() over (order by case when rule = '河长档' then 1 else 2 end) = 1
)

select
    edges.subject as band,
    edges.value as lower_edge,
    lag(edges.value) over (order by edges.value desc) as upper_edge,
    edges.value = max(edges.value) over () as excellent,
    edges.value = min(edges.value) over () and count(*) over () > 1 as failing,
    shares.value as share,
    edges.effective_from,
    edges.origin
from edges
left join rules_in_force($version) as shares on shares.rule = '补贴' and edges.subject = shares.subject
order by edges.value desc

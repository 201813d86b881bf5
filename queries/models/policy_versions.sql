-- question: On which days does the policy (考核办法) change?
-- grain: one row per day from which some set of rules is in force
-- needs: policy
-- columns: version (date) first day of the set, the first one lies before any rule and judges nothing
select distinct effective_from as version
from policy
union
select date '1900-01-01' as version

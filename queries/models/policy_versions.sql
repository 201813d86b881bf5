-- question: On which days does the policy (考核办法) change?
-- grain: one row per day from which some set of rules is in force
-- needs: policy, facts_span
-- columns: version (date) first day of the set
-- Where facts are older than any rule, 1900-01-01 is a version that judges nothing.
select distinct effective_from as version
from policy
union
select date '1900-01-01' as version
from facts_span
where (
    select count(*) from policy
    where effective_from <= facts_span.oldest
) = 0

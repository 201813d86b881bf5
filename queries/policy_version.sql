-- question: Which version of the policy (考核办法) is in force on a day?
-- grain: one row
-- params: policy_on date
-- columns: version (date) the newest not after that day
select max(version) as version
from policy_versions
where version <= $policy_on

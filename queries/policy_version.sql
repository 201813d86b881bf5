-- question: Which version of the policy (考核办法) is in force at the end of a day?
-- grain: one row
-- params: end date
-- columns: version (date) the first day of that version
select coalesce(max(version) filter (where version <= $end), min(version)) as version
from policy_versions

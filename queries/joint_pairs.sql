-- question: Which departments (部门) act together (联合执法), and how often?
-- grain: one row per pair of departments that acted together; partner is null for returns that name none
-- params: start date, end date, as_of date
-- columns: department, partner (text) in the order of their names; actions (次) a joint action of three departments
--   counts for each of the three pairs
select
    department,
    partner,
    cast(sum(actions) as bigint) as actions
from joint_pair_days
where day between $start and least($end, $as_of)
group by department, partner
order by actions desc, department, partner

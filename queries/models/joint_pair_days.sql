-- question: Which departments (部门) acted together (联合执法) on which day?
-- grain: one row per pair of departments and day; a return that names no partner (参与部门) has null as the other one
-- needs: enforcement
-- columns: department, partner (name) in the order of their names; day (date); actions (次)
-- A return with a leader and partners gives each pair of those that took part once.
with joint as (
    select
        code,
        department,
        partners,
        day,
        coalesce(joint, case when array_length(partners) > 0 then 1 else 0 end) as actions
    from enforcement
),

parts as (
    select code, day, actions, department
    from joint
    where actions > 0
    union
    select code, day, actions, unnest(partners) as department
    from joint
    where actions > 0
),

pairs as (
    select
        one.department,
        other.department as partner,
        one.day,
        one.actions
    from parts as one
    inner join parts as other on one.code = other.code and one.department < other.department
    union all
    select
        min(department) as department,
        null as partner,
        min(day) as day,
        min(actions) as actions
    from parts
    group by code
    having count(*) = 1
)

select
    department,
    partner,
    day,
    cast(sum(actions) as bigint) as actions
from pairs
group by department, partner, day

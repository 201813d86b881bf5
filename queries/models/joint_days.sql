-- question: In how many joint actions (联合执法) did each department take part each day?
-- grain: one row per department and day
-- needs: enforcement
-- columns: department (name); day (date); actions (次) that it led or joined, each counted once for each department
with joint as (
    select
        department,
        partners,
        day,
        coalesce(joint, case when array_length(partners) > 0 then 1 else 0 end) as actions
    from enforcement
),

joined as (
    select
        department as leader,
        unnest(partners) as department,
        day,
        actions
    from joint
),

parts as (
    select department, day, actions
    from joint
    union all
    select department, day, actions
    from joined
    where department <> leader
)

select
    department,
    day,
    sum(actions) as actions
from parts
where actions > 0
group by department, day

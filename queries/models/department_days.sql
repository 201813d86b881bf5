-- question: What did each department (部门) do each day: all that departments are compared by?
-- grain: one row per department, day and power (职权; null: returns without one, joint actions, problems found)
-- needs: enforcement, departments, problems
-- columns: department (name); day (date); power (text, 执法事项); returns (条) rows; inspections (次); people_out (人次);
--   vehicles_out (车次); orders, cases_opened, cases_closed (件); fines_yuan (元); referrals (件) of its own returns, null
--   where no row gives them; joint_actions (次) that it led or joined, each counted once for each department;
--   remit_problems (件) found that day in its remit (职责问题类别)
with parts as (
    select
        code,
        day,
        department,
        coalesce(joint, case when array_length(partners) > 0 then 1 else 0 end) as actions
    from enforcement
    union
    select
        code,
        day,
        unnest(partners) as department,
        coalesce(joint, 1) as actions
    from enforcement
),

remits as (
    select distinct
        name as department,
        unnest(remit) as category
    from departments
),

facts as (
    select
        department,
        day,
        power,
        1 as returns,
        inspections,
        people_out,
        vehicles_out,
        orders,
        cases_opened,
        cases_closed,
        fines_yuan,
        referrals,
        null as joint_actions,
        null as remit_problems
    from enforcement
    union all
    select
        department,
        day,
        null as power,
        null as returns,
        null as inspections,
        null as people_out,
        null as vehicles_out,
        null as orders,
        null as cases_opened,
        null as cases_closed,
        null as fines_yuan,
        null as referrals,
        actions as joint_actions,
        null as remit_problems
    from parts
    where actions > 0
    union all
    select
        remits.department,
        problems.found_on as day,
        null as power,
        null as returns,
        null as inspections,
        null as people_out,
        null as vehicles_out,
        null as orders,
        null as cases_opened,
        null as cases_closed,
        null as fines_yuan,
        null as referrals,
        null as joint_actions,
        1 as remit_problems
    from problems
    inner join remits on problems.category = remits.category
)

select
    department,
    day,
    power,
    cast(sum(returns) as bigint) as returns,
    cast(sum(inspections) as bigint) as inspections,
    cast(sum(people_out) as bigint) as people_out,
    cast(sum(vehicles_out) as bigint) as vehicles_out,
    cast(sum(orders) as bigint) as orders,
    cast(sum(cases_opened) as bigint) as cases_opened,
    cast(sum(cases_closed) as bigint) as cases_closed,
    sum(fines_yuan) as fines_yuan,
    cast(sum(referrals) as bigint) as referrals,
    cast(sum(joint_actions) as bigint) as joint_actions,
    cast(sum(remit_problems) as bigint) as remit_problems
from facts
group by department, day, power

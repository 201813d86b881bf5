-- question: How much enforcement (执法量) did each department return in a period?
-- grain: one row per department, all departments
-- params: start date, end date
-- columns: department (text); returns (条); inspections (次); people_out (人次); vehicles_out (车次); orders,
--   cases_opened, cases_closed (件); fines_yuan (元); referrals (件) of its own returns: 0 when it returned nothing,
--   null when its returns do not give the figure; joint_actions (次) led or joined, once for each department;
--   volume (次 or 件) inspections, or cases opened where no inspections are given; powers_used (项) different ones
select
    departments.name as department,
    coalesce(own.returns, 0) as returns,
    case when own.returns is null then 0 else own.inspections end as inspections,
    case when own.returns is null then 0 else own.people_out end as people_out,
    case when own.returns is null then 0 else own.vehicles_out end as vehicles_out,
    case when own.returns is null then 0 else own.orders end as orders,
    case when own.returns is null then 0 else own.cases_opened end as cases_opened,
    case when own.returns is null then 0 else own.cases_closed end as cases_closed,
    case when own.returns is null then 0 else own.fines_yuan end as fines_yuan,
    case when own.returns is null then 0 else own.referrals end as referrals,
    coalesce(joint.actions, 0) as joint_actions,
    coalesce(own.inspections, own.cases_opened, 0) as volume,
    coalesce(powers.used, 0) as powers_used
from departments
left join (
    select
        department,
        cast(sum(returns) as bigint) as returns,
        cast(sum(inspections) as bigint) as inspections,
        cast(sum(people_out) as bigint) as people_out,
        cast(sum(vehicles_out) as bigint) as vehicles_out,
        cast(sum(orders) as bigint) as orders,
        cast(sum(cases_opened) as bigint) as cases_opened,
        cast(sum(cases_closed) as bigint) as cases_closed,
        sum(fines_yuan) as fines_yuan,
        cast(sum(referrals) as bigint) as referrals
    from enforcement_days
    where day between $start and $end
    group by department
) as own on departments.name = own.department
left join (
    select department, cast(sum(actions) as bigint) as actions
    from joint_days
    where day between $start and $end
    group by department
) as joint on departments.name = joint.department
left join (
    select department, count(distinct power) as used
    from power_days
    where day between $start and $end
    group by department
) as powers on departments.name = powers.department

-- question: How much enforcement is there in the whole district? (全区执法量)
-- grain: one row
-- params: start date, end date
-- columns: departments (个) all departments; returns (条); inspections (次); people_out (人次); vehicles_out (车次);
--   orders, cases_opened, cases_closed (件); fines_yuan (元); referrals (件); joint_actions (次) each counted once
select
    (select count(*) from departments) as departments,
    cast(coalesce(sum(returns), 0) as bigint) as returns,
    cast(sum(inspections) as bigint) as inspections,
    cast(sum(people_out) as bigint) as people_out,
    cast(sum(vehicles_out) as bigint) as vehicles_out,
    cast(sum(orders) as bigint) as orders,
    cast(sum(cases_opened) as bigint) as cases_opened,
    cast(sum(cases_closed) as bigint) as cases_closed,
    sum(fines_yuan) as fines_yuan,
    cast(sum(referrals) as bigint) as referrals,
    cast(sum(joint_led) as bigint) as joint_actions
from enforcement_days
where day between $start and $end

-- question: How much enforcement (执法) did each department return for each day and town?
-- grain: one row per department, town (null where the return names none) and day
-- needs: enforcement
-- columns: department (name); town (code); day (date); returns (条) rows; inspections (次); people_out (人次);
--   vehicles_out (车次); orders, cases_opened, cases_closed (件); fines_yuan (元); referrals (件) of the department's own
--   returns, null where no row gives them; joint_led (次) joint actions in its own returns
-- A row with partners (参与部门) but without a figure for joint actions is one joint action.
select
    department,
    town,
    day,
    count(*) as returns,
    sum(inspections) as inspections,
    sum(people_out) as people_out,
    sum(vehicles_out) as vehicles_out,
    sum(orders) as orders,
    sum(cases_opened) as cases_opened,
    sum(cases_closed) as cases_closed,
    sum(fines_yuan) as fines_yuan,
    sum(referrals) as referrals,
    sum(coalesce(joint, case when array_length(partners) > 0 then 1 else 0 end)) as joint_led
from enforcement
group by department, town, day

-- question: How many problems are overdue (逾期未整改) in each town at the end of a day, and for how long?
-- grain: one row per town, all towns
-- params: end date, as_of date, version date
-- columns: town (text); open (件) not done by as_of; overdue (件) open and due before as_of; due_soon (件, 临期);
--   late_1_7, late_8_30, late_over_30 (件) overdue by age in days; days_sum, days_max, days_median (天) of the overdue;
--   late_done (件, 逾期完成) done after due, ever; no_deadline (件, 无时限) open 限期整改 without a deadline;
--   town_code, status (text); to_close (件, 待销号) done but not closed; long_term (件, 长期坚持) open without a date
select
    towns.town,
    coalesce(problems.open, 0) as open,
    coalesce(problems.overdue, 0) as overdue,
    coalesce(problems.due_soon, 0) as due_soon,
    coalesce(problems.late_1_7, 0) as late_1_7,
    coalesce(problems.late_8_30, 0) as late_8_30,
    coalesce(problems.late_over_30, 0) as late_over_30,
    coalesce(problems.days_sum, 0) as days_sum,
    problems.days_max,
    problems.days_median,
    coalesce(problems.late_done, 0) as late_done,
    coalesce(problems.no_deadline, 0) as no_deadline,
    towns.town_code,
    towns.status,
    coalesce(problems.to_close, 0) as to_close,
    coalesce(problems.long_term, 0) as long_term
from town_list($as_of) as towns
left join unit_problems($end, $end, $as_of, $version, 'town') as problems on towns.town_code = problems.unit
order by overdue desc, late_over_30 desc, days_sum desc, towns.sort_order, towns.town_code

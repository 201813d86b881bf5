-- question: How many problems are overdue (逾期未整改) in each town at the end of a day, and for how long?
-- grain: one row per town, all towns
-- params: end date, as_of date, policy_on date
-- columns: town (text); open (件) not done by as_of; overdue (件) open and due before as_of; due_soon (件, 临期);
--   late_1_7, late_8_30, late_over_30 (件) overdue by age in days; days_sum, days_max, days_median (天) of the overdue;
--   late_done (件, 逾期完成) done after due, ever; no_deadline (件, 无时限) open 限期整改 without a deadline;
--   town_code, status (text); to_close (件, 待销号) done but not closed; long_term (件, 长期坚持) open without a date
select
    towns.town,
    count(*) filter (where standing.done_on is null and standing.opened_on is not null) as open,
    count(*) filter (where standing.state = '逾期') as overdue,
    count(*) filter (where standing.state = '临期') as due_soon,
    count(*) filter (where standing.state = '逾期' and standing.days_late <= 7) as late_1_7,
    count(*) filter (where standing.state = '逾期' and standing.days_late between 8 and 30) as late_8_30,
    count(*) filter (where standing.state = '逾期' and standing.days_late > 30) as late_over_30,
    coalesce(sum(standing.days_late) filter (where standing.state = '逾期'), 0)::bigint as days_sum,
    max(standing.days_late) filter (where standing.state = '逾期') as days_max,
    median(standing.days_late) filter (where standing.state = '逾期') as days_median,
    count(distinct standing.code) filter (where standing.late_done) as late_done,
    count(*) filter (where standing.state = '无时限') as no_deadline,
    towns.town_code,
    towns.status,
    count(*) filter (where standing.state = '待销号') as to_close,
    count(*) filter (where standing.state = '长期坚持') as long_term
from town_list($end) as towns
left join problem_standing($as_of, $policy_on) as standing on towns.town_code = standing.town_code
group by towns.town, towns.town_code, towns.status, towns.sort_order
order by overdue desc, late_over_30 desc, days_sum desc, towns.sort_order, towns.town_code

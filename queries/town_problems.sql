-- question: How many problems (问题) of each kind does each town have, in a period and at its end?
-- grain: one row per town that ever had a problem
-- params: start date, end date, as_of date, version date
-- columns: town_code (text); due, on_time (件) due in the period, done by then; problems_found, found_cleared (件) found
--   in the period, closed; listed, listed_cleared (件, 市级挂账); open (件) not done by as_of; overdue (件) open and due
--   before as_of; due_soon (件, 临期); late_1_7, late_8_30, late_over_30 (件) overdue by age in days; days_sum, days_max,
--   days_median (天) of the overdue; late_done (件, 逾期完成) done after due, ever; no_deadline (件, 无时限); to_close (件,
--   待销号) done but not closed; long_term (件, 长期坚持) open without a date
with standing as (
    select
        *,
        coalesce(due_on between $start and least($end, $as_of), false) and not superseded as is_due,
        spell = 1 and opened_on between $start and $end as is_found,
        spell = 1 and city_listed as is_listed,
        state = '逾期' as is_overdue
    from problem_standing($as_of, $version)
)

select
    town_code,
    count(*) filter (where is_due) as due,
    count(*) filter (where is_due and done_on <= due_on) as on_time,
    count(*) filter (where is_found) as problems_found,
    count(*) filter (where is_found and cleared) as found_cleared,
    count(*) filter (where is_listed) as listed,
    count(*) filter (where is_listed and cleared) as listed_cleared,
    count(*) filter (where done_on is null and closed_on is null) as open,
    count(*) filter (where is_overdue) as overdue,
    count(*) filter (where state = '临期') as due_soon,
    count(*) filter (where is_overdue and days_late <= 7) as late_1_7,
    count(*) filter (where is_overdue and days_late between 8 and 30) as late_8_30,
    count(*) filter (where is_overdue and days_late > 30) as late_over_30,
    cast(sum(days_late) filter (where is_overdue) as bigint) as days_sum,
    max(days_late) filter (where is_overdue) as days_max,
    median(days_late) filter (where is_overdue) as days_median,
    count(distinct code) filter (where late_done) as late_done,
    count(*) filter (where state = '无时限') as no_deadline,
    count(*) filter (where state = '待销号') as to_close,
    count(*) filter (where state = '长期坚持') as long_term
from standing
group by town_code

-- question: How many problems (问题) of each kind does each town, department, category or source have on a day?
-- grain: one row per unit that ever had a problem
-- params: start date, end date, as_of date, version date, by text
-- columns: unit (text) the town's code, the department, category or source as $by says, null where the ledger names
--   none; open (件) not done by as_of; overdue (件) open and due before as_of; due_soon (件, 临期); late_1_7, late_8_30,
--   late_over_30 (件) overdue by age in days; days_sum, days_max, days_median (天) of the overdue; late_done (件,
--   逾期完成) done after due, ever; no_deadline (件, 无时限); long_term (件, 长期坚持) open without a date; to_close (件,
--   待销号) done but not closed; on_time, due (件) due in the period, done by then
with standing as (
    select
        case $by
            when 'town' then standing.town_code
            when 'department' then problems.department
            when 'category' then problems.category
            when 'source' then problems.source
        end as unit,
        standing.*,
        coalesce(standing.due_on between $start and least($end, $as_of), false)
        and not standing.superseded as is_due,
        standing.state = '逾期' as is_overdue
    from problem_standing($as_of, $version) as standing
    inner join problems on standing.code = problems.code
)

select
    unit,
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
    count(*) filter (where state = '长期坚持') as long_term,
    count(*) filter (where state = '待销号') as to_close,
    count(*) filter (where is_due and done_on <= due_on) as on_time,
    count(*) filter (where is_due) as due
from standing
group by unit

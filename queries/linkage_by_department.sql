-- question: How fast does each department (部门) sign for (签收) what it is handed, and how much does it hand on (推诿)?
-- grain: one row per department
-- params: start date, end date, as_of date, department text
-- columns: department, field (text, 领域); received (次) 交办 and 转办 to it in the period; signed (次) signed for in the
--   period; hours_median, hours_mean, hours_max (小时) from giving to signing, of the signed; waiting (次) neither signed
--   for nor handed on by the end of as_of; waiting_hours_max (小时) till then; returned (次, 退回); passed_on (次, 转办) by
--   it in the period; shirked (件, 推诿) problems that it handed on and that were handed on for the second time in the
--   period
with nights as (
    select
        cast($start as timestamp) as opening,
        least($end, $as_of) + interval 1 day as closing
),

received as (
    select
        hand_overs.taker as department,
        count(*) filter (where moved_at >= opening) as received,
        count(*) filter (where signed_at >= opening and signed_at < closing) as signed,
        median(hours) filter (where signed_at >= opening and signed_at < closing) as hours_median,
        avg(hours) filter (where signed_at >= opening and signed_at < closing) as hours_mean,
        max(hours) filter (where signed_at >= opening and signed_at < closing) as hours_max,
        count(*) filter (where coalesce(least(signed_at, left_at) >= closing, true)) as waiting,
        max(date_diff('second', moved_at, closing)) filter (where coalesce(least(signed_at, left_at) >= closing, true))
        / 3600.0 as waiting_hours_max
    from hand_overs
    cross join nights
    where action in ('交办', '转办') and moved_at < closing and taker_known_at < closing
    group by hand_overs.taker
),

handed_on as (
    select
        hand_overs.giver as department,
        count(*) filter (where action = '退回' and moved_at >= opening) as returned,
        count(*) filter (where action = '转办' and moved_at >= opening) as passed_on,
        count(distinct problem) filter (where shirked_at >= opening and shirked_at < closing) as shirked
    from hand_overs
    cross join nights
    where action in ('退回', '转办') and moved_at < closing
    group by hand_overs.giver
)

select
    departments.name as department,
    departments.field,
    coalesce(received.received, 0) as received,
    coalesce(received.signed, 0) as signed,
    received.hours_median,
    received.hours_mean,
    received.hours_max,
    coalesce(received.waiting, 0) as waiting,
    received.waiting_hours_max,
    coalesce(handed_on.returned, 0) as returned,
    coalesce(handed_on.passed_on, 0) as passed_on,
    coalesce(handed_on.shirked, 0) as shirked
from departments
left join received on departments.name = received.department
left join handed_on on departments.name = handed_on.department
where $department is null or departments.name = $department
order by departments.field nulls last, departments.name

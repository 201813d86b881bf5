-- question: How does each problem (问题) stand at the end of a day? The one place that says open, overdue, late.
-- grain: one row per problem and spell (once more after a rebound, 反弹) opened by as_of
-- params: as_of date, version date
-- columns: code, town_code (text); spell (1 or 2); opened_on, due_on, done_on, closed_on (date) as known at as_of;
--   method (text); city_listed (flag, 市级挂账); cleared (flag) closed and not open again; superseded (flag)
--   reopened before due, so that the deadline judges the spell after this one; state (text) 逾期, 临期,
--   在期, 无时限 or 长期坚持 while open, then 待销号 or 已销号; days_late (天) open: as_of less due, done: done less
--   due, null without due; late_done (flag, 逾期完成) done after due
with known as (
    select
        code,
        town as town_code,
        spell,
        opened_on,
        due_on,
        city_listed,
        method,
        soon_days,
        coalesce(closed_on <= $as_of, false)
        and (coalesce(reopened_on > $as_of, true) or coalesce(reclosed_on <= $as_of, false)) as cleared,
        coalesce(reopened_on <= least(due_on, $as_of), false) as superseded,
        case when done_on <= $as_of then done_on end as done_on,
        case when closed_on <= $as_of then closed_on end as closed_on
    from problem_spells
    where version = $version and opened_on <= $as_of
)

select
    code,
    town_code,
    spell,
    opened_on,
    due_on,
    done_on,
    closed_on,
    method,
    city_listed,
    cleared,
    superseded,
    case
        when closed_on is not null then '已销号'
        when done_on is not null then '待销号'
        when due_on < $as_of then '逾期'
        when due_on <= $as_of + soon_days then '临期'
        when due_on is not null then '在期'
        when method = '长期坚持' then '长期坚持'
        else '无时限'
    end as state,
    date_diff('day', due_on, coalesce(done_on, $as_of)) as days_late,
    coalesce(done_on > due_on, false) as late_done
from known

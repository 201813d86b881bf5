-- question: What has happened to one problem, from its finding to the end of a day?
-- grain: one row per event, in order
-- params: as_of date, version date, town text, department text, code text
-- columns: day (date); moved_at (timestamp) null where the ledger knows only the day; event (text) 发现, 反弹, 交办, 签收, 退回,
--   转办, 反馈, 复核, 执法, 到期, 整改完成 or 销号; from_unit, to_unit (text) of a transfer, from_unit also who found it or
--   who enforced; note (text); hours (小时) since the transfer before, null for the first; days_late (天) of a completion
-- The ledger keeps only the last completion: the one before a rebound is shown only where it is written down.
with ledger as (
    select *
    from problems
    where
        code = $code
        and ($town is null or town = $town)
        and ($department is null or department = $department)
),

spells as (
    select
        standing.*,
        ledger.source,
        ledger.description,
        ledger.done_on as written_done_on,
        ledger.closed_on as written_closed_on
    from ledger
    inner join problem_standing($as_of, $version) as standing on ledger.code = standing.code
),

events as (
    select
        opened_on as day, null as moved_at, case spell when 1 then '发现' else '反弹' end as event, 0 as turn,
        case spell when 1 then source end as from_unit, null as to_unit, null as note, null as hours, null as days_late
    from spells
    union all
    select
        cast(moved_at as date), moved_at, action, 1, from_unit, to_unit, note,
        date_diff('second', lag(moved_at) over (order by moved_at, action), moved_at) / 3600.0, null
    from transfers
    where problem in (select code from ledger) and cast(moved_at as date) <= $as_of
    union all
    select
        day, null, '执法', 2, department, null,
        concat_ws(
            '　', offence,
            case when cases_opened > 0 then concat('立案 ', cases_opened, ' 件') end,
            case when orders > 0 then concat('责令改正 ', orders, ' 件') end
        ), null, null
    from enforcement
    where problem in (select code from ledger) and day <= $as_of
    union all
    select done_on, null, '整改完成', 3, null, null, null, null, days_late
    from spells
    where done_on in (written_done_on, written_closed_on)
    union all
    select closed_on, null, '销号', 4, null, null, null, null, null
    from spells
    where closed_on = written_closed_on
    union all
    select due_on, null, '到期', 5, null, null, null, null, null
    from spells
    where due_on <= $as_of and not superseded
)

select day, moved_at, event, from_unit, to_unit, note, hours, days_late
from events
order by day, turn, moved_at, event

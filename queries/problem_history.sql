-- question: What has happened to one problem, from its finding to the end of a day?
-- grain: one row per event, in order
-- params: as_of date, version date, town text, department text, code text
-- columns: day (date); moved_at (timestamp) null where only the day is known; event (text) 视而不见 (a chief walked
--   past it before others found it), 发现, 反弹, 交办, 签收, 退回, 转办, 反馈, 复核, 执法, 到期 (not done by then),
--   整改完成 or 销号; from_unit, to_unit (text) of a transfer, from_unit also who walked past, found or enforced; note
--   (text); hours (小时) since the transfer before, null for the first; days_late (天) of a completion
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
        opened_on as day,
        0 as turn,
        case spell when 1 then '发现' else '反弹' end as event,
        case spell when 1 then source end as from_unit
    from spells
    union all by name
    select
        missed_pairs.patrolled_on as day,
        -1 as turn,
        '视而不见' as event,
        chiefs.name as from_unit,
        '巡过本河段，未报问题' as note
    from missed_pairs
    inner join chiefs on missed_pairs.chief = chiefs.code
    where missed_pairs.version = $version and missed_pairs.problem in (select code from spells)
    union all by name
    select
        cast(moved_at as date) as day,
        1 as turn,
        action as event,
        moved_at,
        from_unit,
        to_unit,
        note,
        date_diff('second', lag(moved_at) over (order by moved_at, action), moved_at) / 3600.0 as hours
    from transfers
    where problem in (select code from ledger) and cast(moved_at as date) <= $as_of
    union all by name
    select
        day,
        2 as turn,
        '执法' as event,
        department as from_unit,
        concat_ws(
            '，',
            offence,
            case when orders > 0 then concat('责令改正 ', orders, ' 件') end,
            case when cases_opened > 0 then concat('立案 ', cases_opened, ' 件') end
        ) as note
    from enforcement
    where problem in (select code from ledger) and day <= $as_of
    union all by name
    select done_on as day, 3 as turn, '整改完成' as event, days_late
    from spells
    where done_on in (written_done_on, written_closed_on)
    union all by name
    select closed_on as day, 4 as turn, '销号' as event
    from spells
    where closed_on = written_closed_on
    union all by name
    select due_on as day, 5 as turn, '到期' as event
    from spells
    where due_on < coalesce(done_on, $as_of) and not superseded
)

select day, moved_at, event, from_unit, to_unit, note, hours, days_late
from events
order by day, turn, moved_at, event

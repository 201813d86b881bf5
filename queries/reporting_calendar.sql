-- question: Who has sent what for which week or month, and who is late? (报送日历、催报)
-- grain: one row per sender, table and interval, the 8 newest up to the period's end; weeks or months by the policy
-- params: end date, as_of date, version date
-- columns: table_name (text); source (town's code, department's name); name (text); first_day, last_day (date) of the
--   interval; reported (行) in it; sent_on (date) of the first batch that brought any; due_on (date) last_day + 报送时限;
--   state (text) 按时, 迟报, 补录 (sent in the sender's first batch, after it was due), 未报, 未到期, or 没有 (nothing
--   happened: problems need not be found every week, without a 报送时限 nobody is late, the ledger had not begun)
with norms as (
    select
        case subject when '巡河记录' then 'patrols' when '整改台账' then 'problems' else 'enforcement' end as table_name,
        case method when '按月' then 'month' else 'week' end as span,
        cast(value as integer) as days
    from rules_in_force($version)
    where rule = '报送时限' and subject in ('巡河记录', '整改台账', '执法记录')
),

expected as (
    select
        sources.table_name,
        sources.source,
        sources.name,
        sources.sort_order,
        norms.days,
        coalesce(norms.span, 'week') as span
    from sources() as sources
    left join norms on sources.table_name = norms.table_name
),

intervals as (
    select
        *,
        case span
            when 'month' then cast(date_trunc('month', $end) - to_months(cast(back as integer)) as date)
            else cast(date_trunc('week', $end) as date) - 7 * cast(back as integer)
        end as first_day,
        case span when 'month' then last_day(first_day) else first_day + 6 end as end_day
    from expected
    cross join range(8) as steps (back)
),

reported_days as (
    from reports_by_day($as_of)
),

began as (
    select table_name, min(day) as first_ever
    from reported_days
    group by table_name
),

first_sent as (
    select
        table_name,
        source,
        min(sent_on) as first_sent_on
    from reported_days
    group by table_name, source
),

reported as (
    select
        expected.table_name,
        expected.source,
        cast(date_trunc(expected.span, days.day) as date) as first_day,
        sum(days.reported) as reported,
        min(days.sent_on) as sent_on
    from expected
    inner join reported_days as days on expected.table_name = days.table_name and expected.source = days.source
    group by all
)

select
    intervals.table_name,
    intervals.source,
    intervals.name,
    intervals.first_day,
    intervals.end_day as last_day,
    cast(coalesce(reported.reported, 0) as bigint) as reported,
    reported.sent_on,
    intervals.end_day + intervals.days as due_on,
    case
        when reported.reported is null and intervals.first_day > $as_of then '未到期'
        when reported.reported is null and (due_on is null or intervals.table_name = 'problems') then '没有'
        when reported.reported is null and intervals.end_day < began.first_ever then '没有'
        when reported.reported is null and due_on >= $as_of then '未到期'
        when reported.reported is null then '未报'
        when coalesce(reported.sent_on <= due_on, true) then '按时'
        when reported.sent_on = first_sent.first_sent_on then '补录'
        else '迟报'
    end as state
from intervals
left join reported
    on
        intervals.table_name = reported.table_name
        and intervals.source = reported.source
        and intervals.first_day = reported.first_day
left join began on intervals.table_name = began.table_name
left join first_sent on intervals.table_name = first_sent.table_name and intervals.source = first_sent.source
order by intervals.table_name, intervals.sort_order, intervals.source, intervals.first_day

-- question: Who has sent what for which week or month, and who is late? (报送日历、催报)
-- grain: one row per sender, table and interval, the 8 newest up to the period's end; weeks or months by the policy
-- params: end date, as_of date, version date
-- columns: table_name (text); source (town's code, department's name); name (text); first_day, last_day (date) of the
--   interval; reported (行) in it; sent_on (date) of the first batch that brought any; due_on (date) last_day + 报送时限;
--   state (text) 按时, 迟报, 补录 (sent in the sender's first batch, after it was due), 未报, 未到期, or 没有 (nothing
--   happened: problems need not be found every week, and without a 报送时限 nobody is late)
with norms as (
    select
        case subject when '巡河记录' then 'patrols' when '整改台账' then 'problems' else 'enforcement' end as table_name,
        case method when '按月' then 'month' else 'week' end as interval_name,
        cast(value as integer) as days
    from rules_in_force($version)
    where rule = '报送时限' and subject in ('巡河记录', '整改台账', '执法记录')
),

intervals as (
    select
        sources.*,
        norms.days,
        case coalesce(norms.interval_name, 'week')
            when 'month' then cast(date_trunc('month', $end) - to_months(cast(back as integer)) as date)
            else cast(date_trunc('week', $end) as date) - 7 * cast(back as integer)
        end as first_day,
        coalesce(norms.interval_name, 'week') as interval_name
    from sources() as sources
    left join norms on sources.table_name = norms.table_name
    cross join range(8) as steps (back)
),

dated as (
    select
        *,
        case interval_name
            when 'month' then last_day(first_day) else first_day + 6
        end as end_day
    from intervals
),

reported as (
    select table_name, source, day, max(reported) as reported
    from filled_days
    where day between cast(date_trunc('month', $end) - to_months(8) as date) and $as_of
    group by table_name, source, day
),

batches as (
    select
        batch,
        max(made_at) as made_at
    from import_log
    group by batch
),

sent as (
    select
        deliveries.table_name,
        deliveries.source,
        deliveries.day,
        min(cast(batches.made_at as date)) as sent_on
    from deliveries
    inner join batches on deliveries.batch = batches.batch
    group by deliveries.table_name, deliveries.source, deliveries.day
),

first_sent as (
    select table_name, source, min(sent_on) as began_on
    from sent
    group by table_name, source
),

counted as (
    select
        dated.table_name,
        dated.source,
        dated.name,
        dated.sort_order,
        dated.first_day,
        dated.end_day as last_day,
        dated.end_day + dated.days as due_on,
        coalesce(sum(reported.reported), 0) as reported,
        min(sent.sent_on) as sent_on
    from dated
    left join reported
        on
            dated.table_name = reported.table_name
            and dated.source = reported.source
            and reported.day between dated.first_day and dated.end_day
    left join sent
        on reported.table_name = sent.table_name and reported.source = sent.source and reported.day = sent.day
    group by all
)

select
    counted.table_name,
    counted.source,
    counted.name,
    counted.first_day,
    counted.last_day,
    counted.reported,
    counted.sent_on,
    counted.due_on,
    case
        when counted.reported = 0 and (counted.due_on is null or counted.table_name = 'problems') then '没有'
        when counted.reported = 0 and counted.due_on >= $as_of then '未到期'
        when counted.reported = 0 then '未报'
        when counted.sent_on is null or counted.due_on is null or counted.sent_on <= counted.due_on then '按时'
        when counted.sent_on = first_sent.began_on then '补录'
        else '迟报'
    end as state
from counted
left join first_sent on counted.table_name = first_sent.table_name and counted.source = first_sent.source
order by counted.table_name, counted.sort_order, counted.source, counted.first_day

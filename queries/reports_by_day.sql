-- question: Of which day did each sender report how many rows, and when were the first of them sent?
-- grain: one row per table, sender and day
-- params: as_of date
-- columns: table_name (text); source (town's code, department's name); day (date); reported (行); sent_on (date) of the
--   first batch that brought any, null where an older version imported them
with batches as (
    select
        batch,
        max(cast(made_at as date)) as made_on
    from import_log
    group by batch
),

sent as (
    select
        deliveries.table_name,
        deliveries.source,
        deliveries.day,
        min(batches.made_on) as sent_on
    from deliveries
    inner join batches on deliveries.batch = batches.batch
    group by deliveries.table_name, deliveries.source, deliveries.day
),

reported as (
    select
        table_name,
        source,
        day,
        max(reported) as reported
    from filled_days
    where day <= $as_of
    group by table_name, source, day
)

select
    reported.table_name,
    reported.source,
    reported.day,
    reported.reported,
    sent.sent_on
from reported
left join sent
    on
        reported.table_name = sent.table_name
        and reported.source = sent.source
        and reported.day = sent.day

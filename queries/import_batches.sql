-- question: What did each import bring, table by table? (导入记录)
-- grain: one row per batch and table (null: sheets that were no known table), the newest batch first
-- columns: batch (批) number; made_at (time); made_by, table (text); files (个); sheets (张); added, changed, unchanged,
--   refused, skipped (行); removed (行) by a replacement
select
    batch,
    max(made_at) as made_at,
    max(made_by) as made_by,
    table_name as "table",
    count(distinct file) as files,
    count(*) as sheets,
    cast(sum(added) as bigint) as added,
    cast(sum(changed) as bigint) as changed,
    cast(sum(unchanged) as bigint) as unchanged,
    cast(sum(refused) as bigint) as refused,
    cast(sum(skipped) as bigint) as skipped,
    cast(sum(removed) as bigint) as removed
from import_log
group by batch, table_name
order by batch desc, sum(added) + sum(changed) + sum(removed) desc, "table"

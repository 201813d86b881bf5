-- question: Who imported what, and when? (导入记录)
-- grain: one row per imported sheet, the newest batch first
-- columns: batch (批) number; made_at (time); made_by, file, sheet, table (text); added, changed, unchanged,
--   refused, skipped (行); sha256 (text) of the file; removed (行) by a replacement
select
    batch,
    made_at,
    made_by,
    file,
    sheet,
    table_name as "table",
    added,
    changed,
    unchanged,
    refused,
    skipped,
    sha256,
    removed
from import_log
order by batch desc, table_name, file, length(sheet), sheet

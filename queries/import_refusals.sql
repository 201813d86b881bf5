-- question: By which rules were rows refused, batch by batch? (退回原因)
-- grain: one row per batch, table and rule; a row that broke several counts under the first
-- columns: batch (批) number; table, rule (text); files (个); refused (行)
select
    batch,
    table_name as "table",
    rule,
    count(distinct file) as files,
    cast(sum(refused) as bigint) as refused
from refusals
group by batch, table_name, rule
order by batch desc, refused desc, "table", rule

-- question: Who is to send what? (报送单位)
-- grain: one row per sender and table: every town sends 巡河记录 and 整改台账, every department 执法记录
-- columns: table_name (text); source (town's code, department's name); name (text); sort_order (number)
select
    sent.table_name,
    towns.code as source,
    towns.name,
    towns.sort_order
from towns
cross join (values ('patrols'), ('problems')) as sent (table_name)
union all
select
    'enforcement' as table_name,
    name as source,
    name,
    null as sort_order
from departments
order by sort_order nulls last, source, table_name

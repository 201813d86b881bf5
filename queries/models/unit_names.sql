-- question: Which unit (单位) of the registers does a written name mean?
-- grain: one row per name or alias that means one unit only; blanks do not count
-- needs: departments, towns
-- columns: written (text) without blanks; unit (name) in the register; kind (部门 or 镇乡街道)
with names as (
    select name as written, name as unit, '部门' as kind from departments
    union all
    select unnest(aliases) as written, name as unit, '部门' as kind from departments
    union all
    select name as written, name as unit, '镇乡街道' as kind from towns
    union all
    select unnest(aliases) as written, name as unit, '镇乡街道' as kind from towns
),

bare as (
    select distinct
        replace(replace(written, ' ', ''), '　', '') as written,
        unit,
        kind
    from names
)

select
    written,
    min(unit) as unit,
    min(kind) as kind
from bare
group by written
having count(*) = 1

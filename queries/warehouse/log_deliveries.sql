insert into deliveries
with brought as (
    select 'patrols' as table_name, chiefs.town as source, cast(patrols.started_at as date) as day
    from patrols
    left join chiefs on patrols.chief = chiefs.code
    where patrols.batch = $batch
    union all
    select 'problems', town, found_on from problems
    where batch = $batch
    union all
    select 'enforcement', department, day from enforcement
    where batch = $batch
)

select $batch, table_name, source, day, count(*)
from brought
group by all

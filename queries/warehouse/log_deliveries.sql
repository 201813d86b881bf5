insert into deliveries
with brought as (
    select 'patrols' as table_name, chiefs.town, null as department, patrols.started_at as day
    from patrols
    left join chiefs on patrols.chief = chiefs.code
    where patrols.batch = $batch
    union all
    select 'problems', town, null, found_on from problems
    where batch = $batch
    union all
    select 'enforcement', null, department, day from enforcement
    where batch = $batch
)

select $batch, table_name, town, department, cast(date_trunc('week', day) as date), count(*)
from brought
group by all

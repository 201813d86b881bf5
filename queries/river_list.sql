-- question: Which rivers (河流) are there, through how many towns does each run?
-- grain: one row per river
-- columns: river (text); sections (段); towns (个); length_km (公里)
select
    river,
    count(*) as sections,
    count(distinct town) as towns,
    cast(sum(length_km) as double) as length_km
from sections
group by river
order by river

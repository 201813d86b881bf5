-- question: How many towns sent patrols or problems of the period? (报送情况)
-- grain: one row
-- params: start date, end date
-- columns: towns (个) all towns; reporting (个) those with at least one patrol or newly found problem in the period
with reporting as (
    select town from patrol_days
    where day between $start and $end
    union
    select town from problems
    where found_on between $start and $end
)

select
    count(*) as towns,
    count(reporting.town) as reporting
from towns
left join reporting on towns.code = reporting.town

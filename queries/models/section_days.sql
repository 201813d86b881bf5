-- question: On which days was each section walked, and by how many patrols, valid or not?
-- grain: one row per section and day with a patrol
-- needs: patrols
-- columns: section (code); day (date); patrols (次)
select
    section,
    cast(started_at as date) as day,
    count(*) as patrols
from patrols
where section is not null
group by section, cast(started_at as date)

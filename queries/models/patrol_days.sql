-- question: How many patrols were made, and how many of them were valid or perfunctory, town by town and day by day?
-- grain: one row per policy version, town, level of chief and day
-- needs: patrol_checks
-- columns: version (date) policy version; town (code); level (text); day (date); patrols, valid, perfunctory (次)
select
    version,
    town,
    level,
    day,
    count(*) as patrols,
    count(*) filter (where valid) as valid,
    count(*) filter (where perfunctory) as perfunctory
from patrol_checks
group by version, town, level, day

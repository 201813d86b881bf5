-- question: For which reasons were patrols invalid, town by town and day by day?
-- grain: one row per policy version, town, level of chief, day and reason
-- needs: patrol_checks
-- columns: version (date) policy version; town (code); level (text); day (date); reason (text) the flag's name in
--   patrol_checks; patrols (次) with that reason, counted under each of their reasons
with flagged as (
    select
        version,
        town,
        level,
        day,
        count(*) filter (where too_short) as too_short,
        count(*) filter (where too_near) as too_near,
        count(*) filter (where too_fast) as too_fast,
        count(*) filter (where unrecorded) as unrecorded,
        count(*) filter (where too_long) as too_long,
        count(*) filter (where too_soon) as too_soon,
        count(*) filter (where outside) as outside,
        count(*) filter (where overlapping) as overlapping
    from patrol_checks
    where not valid
    group by version, town, level, day
)

select version, town, level, day, reason, patrols
from flagged unpivot (
    patrols for reason in (
        too_short, too_near, too_fast, unrecorded, too_long, too_soon, outside, overlapping
    )
)
where patrols > 0

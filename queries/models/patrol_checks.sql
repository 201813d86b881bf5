-- question: Which patrols are valid (有效巡河); and for which reasons are the others not?
-- grain: one row per policy version and patrol
-- needs: patrols, chiefs, patrol_limits
-- columns: version (date) policy version; code, chief, level, town, section (text); day (date) of its start;
--   minutes (分钟) as recorded, else end less start; km (公里); too_short, too_long, too_near, too_fast, too_soon,
--   outside, overlapping, unrecorded (flag) the reasons, each judged alone; valid (flag) none of them;
--   perfunctory (flag, 走马观花) too short in time or distance, too fast or without a record; gap_hours (小时) since his
--   own last patrol ended, null without one, negative where they overlap
-- A limit that the policy leaves out, or a field the source lacks, does not judge.
with walks as (
    select
        patrols.code,
        patrols.chief,
        patrols.section,
        chiefs.level,
        chiefs.town,
        patrols.started_at,
        patrols.ended_at,
        patrols.km,
        coalesce(patrols.photos, 0) = 0 and coalesce(patrols.notes, '') = '' as bare,
        coalesce(patrols.minutes, date_diff('second', patrols.started_at, patrols.ended_at) / 60.0) as minutes,
        coalesce(array_length(chiefs.sections) > 0, false)
        and patrols.section is not null
        and not array_contains(chiefs.sections, patrols.section) as outside
    from patrols
    inner join chiefs on patrols.chief = chiefs.code
),

timed as (
    select
        *,
        lag(ended_at) over (partition by chief order by started_at, code) as last_end,
        max(ended_at) over (
            partition by chief
            order by started_at, code
            rows between unbounded preceding and 1 preceding
        ) as earlier_end,
        lead(started_at) over (partition by chief order by started_at, code) as next_start
    from walks
),

judged as (
    select
        limits.version,
        timed.*,
        coalesce(timed.minutes < limits.min_minutes, false) as too_short,
        coalesce(timed.minutes > limits.max_minutes, false) as too_long,
        coalesce(timed.km < limits.min_km, false) as too_near,
        coalesce(timed.km > limits.max_kmh * timed.minutes / 60, false) as too_fast,
        coalesce(
            date_diff('second', timed.last_end, timed.started_at) between 0 and limits.min_gap_hours * 3600 - 1, false
        ) as too_soon,
        coalesce(timed.earlier_end > timed.started_at, false)
        or coalesce(timed.next_start < timed.ended_at, false) as overlapping,
        limits.record_needed and timed.bare as unrecorded
    from timed
    inner join patrol_limits as limits on timed.level = limits.level
)

select
    version,
    code,
    chief,
    level,
    town,
    section,
    cast(started_at as date) as day,
    cast(minutes as double) as minutes,
    km,
    too_short,
    too_long,
    too_near,
    too_fast,
    too_soon,
    outside,
    overlapping,
    unrecorded,
    (too_short or too_long or too_near or too_fast or too_soon or outside or overlapping or unrecorded)
    = false as valid,
    too_short or too_near or too_fast or unrecorded as perfunctory,
    cast(date_diff('second', last_end, started_at) / 3600.0 as double) as gap_hours
from judged

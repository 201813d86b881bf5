-- question: Of the patrols owed in each window, how many were made?
-- grain: one row per policy version, chief, section (empty where the norm is per person) and window that is over
-- needs: duties, calendar, patrol_checks, patrol_norms
-- columns: version (date) policy version; chief, level, section (text); town (code); window_start, window_end (date);
--   required (次) by the norm; walked (次) valid patrol days, several on one day once, uncapped; done (次) the same, at
--   most required
with valid_days as (
    select distinct
        checks.version,
        checks.chief,
        case when norms.method = '按河段' then checks.section else '' end as section,
        norms.unit,
        checks.day
    from patrol_checks as checks
    inner join patrol_norms as norms on checks.version = norms.version and checks.level = norms.level
    where checks.valid
),

walked as (
    select
        valid_days.version,
        valid_days.chief,
        valid_days.section,
        calendar.window_end,
        count(*) as days
    from valid_days
    inner join calendar on valid_days.unit = calendar.unit and valid_days.day = calendar.day
    group by valid_days.version, valid_days.chief, valid_days.section, calendar.window_end
)

select
    duties.version,
    duties.chief,
    duties.level,
    duties.section,
    duties.town,
    duties.window_start,
    duties.window_end,
    duties.required,
    coalesce(walked.days, 0) as walked,
    least(coalesce(walked.days, 0), duties.required) as done
from duties
left join walked
    on
        duties.version = walked.version
        and duties.chief = walked.chief
        and duties.section = walked.section
        and duties.window_end = walked.window_end

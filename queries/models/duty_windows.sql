-- question: Of the patrols owed in each window, how many were made?
-- grain: one row per policy version, chief, section (empty where the norm is per person) and window that is over
-- needs: duties, calendar, patrol_checks
-- columns: version (date) policy version; chief, level, section (text); town (code); window_start, window_end (date);
--   required (次) by the norm; walked (次) valid patrol days, several on one day once, uncapped; done (次) the same, at
--   most required
with valid_days as (
    select distinct version, chief, '' as section, day
    from patrol_checks
    where valid
    union all
    select distinct version, chief, section, day
    from patrol_checks
    where valid and section is not null
),

walked as (
    select
        valid_days.version,
        valid_days.chief,
        valid_days.section,
        calendar.unit,
        calendar.window_end,
        count(*) as days
    from valid_days
    inner join calendar on valid_days.day = calendar.day
    group by valid_days.version, valid_days.chief, valid_days.section, calendar.unit, calendar.window_end
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
        and duties.unit = walked.unit
        and duties.window_end = walked.window_end

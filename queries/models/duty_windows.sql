-- question: Who owes patrols (应巡) in which window, and how many of them were made?
-- grain: one row per policy version, chief, section (empty where the norm is per person) and window that is over
-- needs: patrol_norms, calendar, facts_span, chiefs, patrol_checks
-- columns: version (date) policy version; chief, level, section (text); town (code); window_start, window_end (date);
--   required (次) by the norm; walked (次) valid patrol days, several on one day once, uncapped; done (次) the same, at
--   most required
-- Only chiefs in office all through the window owe it; in season means that the window's last day is.
with windows as (
    select distinct
        calendar.unit,
        calendar.window_start,
        calendar.window_end,
        extract(month from calendar.window_end) as month
    from calendar
    inner join facts_span on calendar.window_end <= facts_span.newest
),

posts as (
    select code as chief, level, town, '' as section, '按人' as method, appointed_on, left_on
    from chiefs
    union all
    select code as chief, level, town, unnest(sections) as section, '按河段' as method, appointed_on, left_on
    from chiefs
),

duties as (
    select
        norms.version,
        posts.chief,
        posts.level,
        posts.section,
        posts.town,
        windows.window_start,
        windows.window_end,
        norms.required
    from patrol_norms as norms
    inner join posts on norms.level = posts.level and norms.method = posts.method
    inner join windows
        on
            norms.unit = windows.unit
            and posts.appointed_on <= windows.window_start
            and windows.window_end <= coalesce(posts.left_on, windows.window_end)
            and windows.month between norms.first_month and norms.last_month
),

walked as (
    select
        checks.version,
        checks.chief,
        case when norms.method = '按河段' then checks.section else '' end as section,
        calendar.window_end,
        count(distinct checks.day) as days
    from patrol_checks as checks
    inner join patrol_norms as norms on checks.version = norms.version and checks.level = norms.level
    inner join calendar on norms.unit = calendar.unit and checks.day = calendar.day
    where checks.valid
    group by
        checks.version,
        checks.chief,
        case when norms.method = '按河段' then checks.section else '' end,
        calendar.window_end
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

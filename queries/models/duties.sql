-- question: Who owes patrols in which window?
-- grain: one row per policy version, chief, section (empty where the norm is per person) and window that is over
-- needs: patrol_norms, calendar, facts_span, chiefs
-- columns: version (date) policy version; chief, level, section (text); town (code); unit (text) of the norm;
--   window_start, window_end (date); required (次)
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
)

select
    norms.version,
    posts.chief,
    posts.level,
    posts.section,
    posts.town,
    norms.unit,
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

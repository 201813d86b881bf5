-- question: Which patrol duties (应巡) of a chief fell due in the period, and which were done?
-- grain: one row per duty window, and per section where the norm is per section
-- params: start date, end date, as_of date, version date, chief text
-- columns: window_start, window_end (date); section (text) empty where the norm is per person; required (次); walked (次)
--   valid patrol days; done (次) the same, at most required
select
    window_start,
    window_end,
    section,
    required,
    walked,
    done
from duty_windows
where
    version = $version
    and chief = $chief
    and window_end between $start and least($end, $as_of)
order by window_end, section

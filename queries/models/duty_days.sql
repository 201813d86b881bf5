-- question: How much of the patrol duty that fell due on a day was done, town by town?
-- grain: one row per policy version, town, level of chief and last day of a duty window
-- needs: duty_windows
-- columns: version (date) policy version; town (code); level (text); day (date) last day of the windows;
--   required, walked, done (次) summed over the windows that end that day
select
    version,
    town,
    level,
    window_end as day,
    sum(required) as required,
    sum(walked) as walked,
    sum(done) as done
from duty_windows
group by version, town, level, window_end

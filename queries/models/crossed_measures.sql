-- question: Which overdue problems have a deadline in an earlier month (跨月未整改), which a rule may count twice?
-- grain: one row per policy version and spell of a problem that was open when the month of its deadline was over
-- needs: problem_spells
-- columns: version (date) policy version; town (code); metric (text) overdue_crossed; day (date) null: a state;
--   known_from (date) first day of the month after the deadline's; known_until (date) the day it was done, exclusive;
--   numerator (number) 1; denominator (number) null: a count; code (text) of the problem
with crossings as (
    select
        version,
        town,
        code,
        greatest(opened_on, cast(date_trunc('month', due_on) + interval 1 month as date)) as crossed_on,
        least(done_on, closed_on) as ended_on
    from problem_spells
    where due_on is not null
)

select
    version,
    town,
    'overdue_crossed' as metric,
    cast(null as date) as day,
    crossed_on as known_from,
    ended_on as known_until,
    cast(1 as double) as numerator,
    cast(null as double) as denominator,
    code
from crossings
where ended_on is null or ended_on > crossed_on

-- question: What does each problem (问题) add to the figures of its town, in which period, and as known when?
-- grain: one row per policy version, spell of a problem, metric and stretch of days in which it counts
-- needs: problem_spells, problem_states
-- columns: version (date) policy version; town (code); metric (text); day, known_from, known_until (date);
--   numerator, denominator (number); code (text) the problem, all as in measures
-- Cleared (销号) is a stretch of its own: a problem counts as cleared until it rebounds (反弹), and again once reclosed.
with first_spells as (
    select *
    from problem_spells
    where spell = 1
),

found as (
    select version, town, code, opened_on, city_listed, opened_on as known_from, null as known_until
    from first_spells
),

cleared as (
    select version, town, code, opened_on, city_listed, closed_on as known_from, reopened_on as known_until
    from first_spells
    where closed_on is not null
    union all
    select version, town, code, opened_on, city_listed, reclosed_on as known_from, null as known_until
    from first_spells
    where reclosed_on is not null
),

stretches as (
    select *, 0 as numerator, 1 as denominator
    from found
    union all
    select *, 1 as numerator, 0 as denominator
    from cleared
),

rates as (
    select 'closure_rate' as metric
    union all
    select 'watchlist_clearance' as metric
),

counted as (
    select
        version,
        town,
        code,
        state as metric,
        null as day,
        known_from,
        known_until,
        1 as numerator,
        null as denominator
    from problem_states
    union all
    select
        version,
        town,
        code,
        'problems_found' as metric,
        opened_on as day,
        opened_on as known_from,
        null as known_until,
        1 as numerator,
        null as denominator
    from first_spells
    union all
    select
        version,
        town,
        code,
        'on_time_rate' as metric,
        due_on as day,
        greatest(due_on, opened_on) as known_from,
        null as known_until,
        case when done_on <= due_on then 1 else 0 end as numerator,
        1 as denominator
    from problem_spells
    where due_on is not null and coalesce(reopened_on > due_on, true)
    union all
    select
        version,
        town,
        code,
        rates.metric,
        case when rates.metric = 'closure_rate' then stretches.opened_on end as day,
        greatest(stretches.opened_on, stretches.known_from) as known_from,
        stretches.known_until,
        stretches.numerator,
        stretches.denominator
    from stretches
    inner join rates on rates.metric = 'closure_rate' or stretches.city_listed
)

select
    version,
    town,
    metric,
    day,
    known_from,
    known_until,
    cast(numerator as double) as numerator,
    cast(denominator as double) as denominator,
    code
from counted
where known_until is null or known_until > known_from

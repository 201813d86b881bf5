-- question: What is each metric of each town in a period? The one place where town metrics are computed.
-- grain: one row per town and metric that it has (town null: chiefs or returns that belong to no town)
-- params: start date, end date, as_of date, policy_on date
-- columns: town_code (text); metric (text) code in the registry; numerator, denominator (number) denominator null for
--   a count; value (share or count) null when there is nothing to divide by
with patrols as (
    select town as town_code, sum(patrols) as patrols, sum(valid) as valid, sum(perfunctory) as perfunctory
    from patrol_days
    where version = (select version from policy_version($policy_on)) and day between $start and least($end, $as_of)
    group by town
),

duties as (
    select town as town_code, sum(required) as required, sum(walked) as walked, sum(done) as done
    from duty_days
    where version = (select version from policy_version($policy_on)) and day between $start and least($end, $as_of)
    group by town
),

problems as (
    select
        town_code,
        count(*) filter (where due_on between $start and least($end, $as_of)) as due,
        count(*) filter (where due_on between $start and least($end, $as_of) and done_on <= due_on) as on_time,
        count(*) filter (where spell = 1 and opened_on between $start and $end) as problems_found,
        count(*) filter (where spell = 1 and opened_on between $start and $end and cleared) as found_cleared,
        count(*) filter (where spell = 1 and city_listed) as listed,
        count(*) filter (where spell = 1 and city_listed and cleared) as listed_cleared
    from problem_standing($as_of, $policy_on)
    group by town_code
),

enforcement as (
    select town as town_code, sum(inspections) as enforcement, sum(cases_opened) as cases
    from enforcement_days
    where day between $start and least($end, $as_of)
    group by town
),

rates as (
    select town_code, 'patrol_completion' as metric, done as numerator, required as denominator from duties
    union all
    select town_code, 'patrol_rate' as metric, walked as numerator, required as denominator from duties
    union all
    select town_code, 'valid_rate' as metric, valid as numerator, patrols as denominator from patrols
    union all
    select town_code, 'perfunctory' as metric, perfunctory as numerator, patrols as denominator from patrols
    union all
    select town_code, 'on_time_rate' as metric, on_time as numerator, due as denominator from problems
    union all
    select town_code, 'closure_rate' as metric, found_cleared as numerator, problems_found as denominator from problems
    union all
    select town_code, 'watchlist_clearance' as metric, listed_cleared as numerator, listed as denominator from problems
),

overdue as (
    select * from overdue_by_town($end, $as_of, $policy_on)
),

counts as (
    select town_code, metric, numerator
    from overdue
    unpivot (
        numerator for metric in
        (overdue, open, due_soon, late_1_7, late_8_30, late_over_30, late_done, no_deadline, to_close)
    )
    union all
    select town_code, 'problems_found' as metric, problems_found as numerator from problems
    union all
    select town_code, 'patrols' as metric, patrols as numerator from patrols
    union all
    select town_code, 'enforcement' as metric, enforcement as numerator from enforcement
    union all
    select town_code, 'cases' as metric, cases as numerator from enforcement
)

select
    town_code,
    metric,
    cast(numerator as double) as numerator,
    cast(denominator as double) as denominator,
    cast(numerator as double) / nullif(denominator, 0) as value
from rates
union all
select
    town_code,
    metric,
    cast(numerator as double) as numerator,
    null as denominator,
    cast(numerator as double) as value
from counts

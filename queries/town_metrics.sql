-- question: What is each metric of each town in a period? The one place where town metrics are computed.
-- grain: one row per town and metric that it has (town null: chiefs or returns that belong to no town)
-- params: start date, end date, as_of date, version date
-- columns: town_code (text); metric (text) code in the registry; numerator, denominator (number) denominator null for
--   a count; value (share or count) null when there is nothing to divide by
-- A period that ends before the oldest fact has no figures: nothing overdue is not the same as nothing known.
with days as (
    select
        town as town_code,
        sum(patrols) as patrols,
        sum(valid) as valid,
        sum(perfunctory) as perfunctory,
        sum(required) as required,
        sum(walked) as walked,
        sum(done) as done,
        sum(inspections) as inspections,
        sum(cases_opened) as cases_opened
    from town_days
    where version = $version and day between $start and least($end, $as_of)
    group by town
),

ledgers as (
    select towns.code as town_code, problems.* exclude (town_code)
    from towns
    inner join facts_span on facts_span.oldest <= $end
    left join town_problems($start, $end, $as_of, $version) as problems on towns.code = problems.town_code
),

measures as (
    select
        town_code,
        unnest([
            { 'metric': 'patrol_completion', 'numerator': done, 'denominator': required },
            { 'metric': 'patrol_rate', 'numerator': walked, 'denominator': required },
            { 'metric': 'valid_rate', 'numerator': valid, 'denominator': patrols },
            { 'metric': 'perfunctory', 'numerator': perfunctory, 'denominator': patrols },
            { 'metric': 'patrols', 'numerator': patrols, 'denominator': null },
            { 'metric': 'enforcement', 'numerator': inspections, 'denominator': null },
            { 'metric': 'cases', 'numerator': cases_opened, 'denominator': null }
        ]) as measure
    from days
    union all
    select
        town_code,
        unnest([
            { 'metric': 'on_time_rate', 'numerator': on_time, 'denominator': due },
            { 'metric': 'closure_rate', 'numerator': found_cleared, 'denominator': problems_found },
            { 'metric': 'watchlist_clearance', 'numerator': listed_cleared, 'denominator': listed },
            { 'metric': 'problems_found', 'numerator': problems_found, 'denominator': null },
            { 'metric': 'open', 'numerator': coalesce(open, 0), 'denominator': null },
            { 'metric': 'overdue', 'numerator': coalesce(overdue, 0), 'denominator': null },
            { 'metric': 'due_soon', 'numerator': coalesce(due_soon, 0), 'denominator': null },
            { 'metric': 'late_1_7', 'numerator': coalesce(late_1_7, 0), 'denominator': null },
            { 'metric': 'late_8_30', 'numerator': coalesce(late_8_30, 0), 'denominator': null },
            { 'metric': 'late_over_30', 'numerator': coalesce(late_over_30, 0), 'denominator': null },
            { 'metric': 'late_done', 'numerator': coalesce(late_done, 0), 'denominator': null },
            { 'metric': 'no_deadline', 'numerator': coalesce(no_deadline, 0), 'denominator': null },
            { 'metric': 'to_close', 'numerator': coalesce(to_close, 0), 'denominator': null }
        ]) as measure
    from ledgers
    union all
    select
        town as town_code,
        { 'metric': metric, 'numerator': sum(numerator), 'denominator': sum(denominator) } as measure
    from find_measures
    where version = $version and day between $start and least($end, $as_of)
    group by town, metric
)

select
    town_code,
    measure.metric,
    cast(measure.numerator as double) as numerator,
    cast(measure.denominator as double) as denominator,
    cast(measure.numerator as double)
    / case when measure.denominator is null then 1 else nullif(measure.denominator, 0) end as value
from measures
where measure.numerator is not null

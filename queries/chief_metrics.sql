-- question: What is each metric of each chief (河长) in a period? The one place where chiefs' metrics are computed.
-- grain: one row per chief and metric that he has
-- params: start date, end date, as_of date, version date
-- columns: chief (code); metric (text) code in the registry; numerator, denominator (number) denominator null for a
--   count; value (share or count) null when there is nothing to divide by
with days as (
    select
        chief,
        sum(required) as required,
        sum(done) as done,
        sum(patrols) as patrols,
        sum(valid) as valid,
        sum(perfunctory) as perfunctory
    from chief_duty_days
    where version = $version and day between $start and least($end, $as_of)
    group by chief
),

measures as (
    select
        chief,
        unnest([
            { 'metric': 'patrol_completion', 'numerator': done, 'denominator': required },
            { 'metric': 'valid_rate', 'numerator': valid, 'denominator': patrols },
            { 'metric': 'perfunctory', 'numerator': perfunctory, 'denominator': patrols },
            { 'metric': 'patrols', 'numerator': patrols, 'denominator': null }
        ]) as measure
    from days
    union all
    select
        chief,
        { 'metric': metric, 'numerator': sum(numerator), 'denominator': sum(denominator) } as measure
    from chief_measures
    where
        version = $version
        and (day is null or day between $start and $end)
        and known_from <= $as_of
        and (known_until is null or known_until > $as_of)
    group by chief, metric
)

select
    chief,
    measure.metric,
    cast(measure.numerator as double) as numerator,
    cast(measure.denominator as double) as denominator,
    cast(measure.numerator as double)
    / case when measure.denominator is null then 1 else nullif(measure.denominator, 0) end as value
from measures
where measure.numerator is not null

-- question: What did chiefs find themselves (主动发现), and what did they walk past that others found (视而不见)?
-- grain: one row per policy version, metric and problem
-- needs: problems, missed_pairs, policy_versions, rules
-- columns: version (date) policy version; town (code); metric (code) found_rate or missed_rate; day (date) of the
--   finding; known_from (date) the same; known_until (date) null, for ever; numerator (件) 1 or 0; denominator (件) 1;
--   code (text) of the problem
-- A problem that several chiefs missed is one problem missed. A version without 漏报天数 has no missed_rate.
with judging_versions as (
    select distinct version
    from rules
    where rule = '漏报天数'
),

missed as (
    select distinct version, problem
    from missed_pairs
),

finds as (
    select
        versions.version,
        problems.town,
        'found_rate' as metric,
        problems.found_on,
        case when problems.source = '河长巡查' then 1 else 0 end as hit,
        problems.code
    from problems
    cross join policy_versions as versions
    union all
    select
        versions.version,
        problems.town,
        'missed_rate' as metric,
        problems.found_on,
        case when missed.problem is null then 0 else 1 end as hit,
        problems.code
    from problems
    cross join judging_versions as versions
    left join missed on versions.version = missed.version and problems.code = missed.problem
    where problems.source <> '河长巡查' and problems.section is not null
)

select
    version,
    town,
    metric,
    found_on as day,
    found_on as known_from,
    cast(null as date) as known_until,
    cast(hit as double) as numerator,
    cast(1 as double) as denominator,
    code
from finds

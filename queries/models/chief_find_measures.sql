-- question: What did each chief (河长) find on his sections, and what did he miss? (主动发现、漏报)
-- grain: one row per policy version, chief, metric and problem behind it; for missed one of 0 per chief with sections
-- needs: chief_posts, problems, missed_pairs, rules, policy_versions
-- columns: version (date) policy version; chief (code); metric (text) code in the registry; day (date) of the finding,
--   null in the rows of 0; known_from, known_until (date) exclusive, null for ever; numerator, denominator (number)
--   denominator null for a count; code (text) the problem
-- A section's problems are its chief's if found while he was in office. A find of 河长巡查 is every chief's of the
-- section, for the ledger does not name the finder. A policy without 漏报天数 judges no misses. The rows of 0 tell a
-- chief who missed nothing from one without a section, who cannot be judged.
with terms as (
    select
        versions.version,
        count(rules.rule) > 0 as misses_judged
    from policy_versions as versions
    left join rules on versions.version = rules.version and rules.rule = '漏报天数'
    group by versions.version
),

found as (
    select
        posts.chief,
        problems.code,
        problems.found_on,
        problems.source = '河长巡查' as own
    from problems
    inner join chief_posts as posts
        on problems.section = posts.section and problems.found_on between posts.appointed_on and posts.left_on
),

judged as (
    select
        terms.version,
        found.chief,
        found.code,
        found.found_on,
        case when pairs.chief is null then 0 else 1 end as missed
    from found
    cross join terms
    left join missed_pairs as pairs
        on terms.version = pairs.version and found.code = pairs.problem and found.chief = pairs.chief
    where terms.misses_judged and found.own = false
),

counted as (
    select
        terms.version,
        found.chief,
        'found_rate' as metric,
        found.found_on as day,
        case when found.own then 1 else 0 end as numerator,
        1 as denominator,
        found.code
    from found
    cross join terms
    union all
    select version, chief, 'missed_rate' as metric, found_on as day, missed as numerator, 1 as denominator, code
    from judged
    union all
    select version, chief, 'missed' as metric, found_on as day, 1 as numerator, null as denominator, code
    from judged
    where missed = 1
    union all
    select distinct
        terms.version,
        posts.chief,
        'missed' as metric,
        cast(null as date) as day,
        0 as numerator,
        null as denominator,
        null as code
    from chief_posts as posts
    cross join terms
    where terms.misses_judged
)

select
    version,
    chief,
    metric,
    day,
    coalesce(day, date '1900-01-01') as known_from,
    cast(null as date) as known_until,
    cast(numerator as double) as numerator,
    cast(denominator as double) as denominator,
    code
from counted

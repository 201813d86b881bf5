-- question: What was found, missed, left undone and done in time on each chief's sections? (主动发现、漏报、突出问题)
-- grain: one row per policy version, chief, metric and problem behind it; one of 0 per chief for what is counted
-- needs: chief_posts, problems, problem_spells, missed_pairs, chiefs, rules, policy_versions
-- columns: version (date) policy version; chief (code); metric (text) code in the registry; day (date) the day of the
--   period in which the row counts, null for a state whatever the period; known_from, known_until (date) exclusive,
--   null for ever; numerator, denominator (number) denominator null for a count; code (text) the problem
-- A section's problems are its chief's while he is in office: found then, or open then. A find of 河长巡查 is every
-- chief's of the section, for the ledger does not name the finder. 责任人 counts where one chief alone of the town has
-- that name. The rows of 0 tell a chief with sections and without a case from one that cannot be judged.
-- grave (突出问题): open and 市级挂账, 市级督察 or 媒体曝光, or overdue by more days than 履职限值 突出问题 says.
with terms as (
    select
        versions.version,
        cast(max(case when rules.rule = '履职限值' and rules.subject = '突出问题' then rules.value end) as integer)
            as grave_days,
        count(case when rules.rule = '漏报天数' then 1 end) > 0 as misses_judged
    from policy_versions as versions
    left join rules on versions.version = rules.version
    group by versions.version
),

holders as (
    select distinct chief, appointed_on, left_on
    from chief_posts
),

namesakes as (
    select
        town,
        name,
        min(code) as chief
    from chiefs
    group by town, name
    having count(*) = 1
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
    where terms.misses_judged and not found.own
),

grave_spells as (
    select
        terms.version,
        posts.chief,
        posts.appointed_on,
        posts.left_on,
        spells.code,
        spells.done_on,
        case
            when spells.city_listed or problems.source in ('市级督察', '媒体曝光') then spells.opened_on
            else spells.due_on + terms.grave_days + 1
        end as grave_on
    from problem_spells as spells
    inner join terms on spells.version = terms.version
    inner join problems on spells.code = problems.code
    inner join chief_posts as posts on problems.section = posts.section
),

rows_of_all as (
    select
        terms.version,
        found.chief,
        'found_rate' as metric,
        found.found_on as day,
        found.found_on as known_from,
        cast(null as date) as known_until,
        case when found.own then 1 else 0 end as numerator,
        1 as denominator,
        found.code
    from found
    cross join terms
    union all
    select version, chief, 'missed_rate', found_on, found_on, null, missed, 1, code
    from judged
    union all
    select version, chief, 'missed', found_on, found_on, null, 1, null, code
    from judged
    where missed = 1
    union all
    select terms.version, holders.chief, 'missed', null, holders.appointed_on, null, 0, null, null
    from holders
    cross join terms
    where terms.misses_judged
    union all
    select version, chief, 'grave', null, greatest(grave_on, appointed_on), least(done_on, left_on + 1), 1, null, code
    from grave_spells
    where grave_on is not null and greatest(grave_on, appointed_on) < least(coalesce(done_on, left_on), left_on + 1)
    union all
    select terms.version, holders.chief, 'grave', null, holders.appointed_on, holders.left_on + 1, 0, null, null
    from holders
    cross join terms
    union all
    select
        spells.version,
        namesakes.chief,
        'on_time_rate',
        spells.due_on,
        spells.due_on,
        null,
        case when spells.done_on <= spells.due_on then 1 else 0 end,
        1,
        spells.code
    from problem_spells as spells
    inner join problems on spells.code = problems.code
    inner join namesakes on problems.town = namesakes.town and problems.person = namesakes.name
    where spells.due_on is not null and not coalesce(spells.reopened_on <= spells.due_on, false)
)

select
    version,
    chief,
    metric,
    day,
    known_from,
    known_until,
    cast(numerator as double) as numerator,
    cast(denominator as double) as denominator,
    code
from rows_of_all

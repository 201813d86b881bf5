-- question: What is left undone on each chief's (河长) sections, and what was done in time where he is named? (突出问题)
-- grain: one row per policy version, chief, metric and problem's spell; for grave one of 0 per chief with sections
-- needs: chief_posts, problems, problem_spells, chiefs, rules, policy_versions
-- columns: version (date) policy version; chief (code); metric (text) code in the registry; day (date) due, null for
--   grave, which is a state; known_from, known_until (date) exclusive, null for ever; numerator, denominator (number)
--   denominator null for a count; code (text) the problem
-- grave: open while he is in office and 市级挂账, 市级督察 or 媒体曝光, or overdue by more days than 履职限值 突出问题
-- says. on_time_rate: 责任人 counts where one chief alone of the town ever had that name. The rows of 0 tell a chief
-- without a case from one without a section, who cannot be judged.
with limits as (
    select
        versions.version,
        cast(max(rules.value) as integer) as grave_days
    from policy_versions as versions
    left join rules
        on versions.version = rules.version and rules.rule = '履职限值' and rules.subject = '突出问题'
    group by versions.version
),

namesakes as (
    select town, name, min(code) as chief
    from chiefs
    group by town, name
    having count(*) = 1
),

grave_spells as (
    select
        limits.version,
        posts.chief,
        spells.code,
        greatest(
            posts.appointed_on,
            case
                when spells.city_listed or problems.source in ('市级督察', '媒体曝光') then spells.opened_on
                else coalesce(spells.due_on + limits.grave_days + 1, date '9999-12-31')
            end
        ) as known_from,
        least(coalesce(spells.done_on, date '9999-12-31'), posts.left_on + 1) as known_until
    from problem_spells as spells
    inner join limits on spells.version = limits.version
    inner join problems on spells.code = problems.code
    inner join chief_posts as posts on problems.section = posts.section
),

counted as (
    select
        version,
        chief,
        'grave' as metric,
        cast(null as date) as day,
        known_from,
        known_until,
        1 as numerator,
        null as denominator,
        code
    from grave_spells
    where known_from < known_until
    union all
    select distinct
        limits.version,
        posts.chief,
        'grave' as metric,
        cast(null as date) as day,
        posts.appointed_on as known_from,
        posts.left_on + 1 as known_until,
        0 as numerator,
        null as denominator,
        null as code
    from chief_posts as posts
    cross join limits
    union all
    select
        spells.version,
        namesakes.chief,
        'on_time_rate' as metric,
        spells.due_on as day,
        spells.due_on as known_from,
        cast(null as date) as known_until,
        case when spells.done_on <= spells.due_on then 1 else 0 end as numerator,
        1 as denominator,
        spells.code
    from problem_spells as spells
    inner join problems on spells.code = problems.code
    inner join namesakes on problems.town = namesakes.town and problems.person = namesakes.name
    where spells.due_on is not null and coalesce(spells.reopened_on > spells.due_on, true)
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
from counted

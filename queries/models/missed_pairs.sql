-- question: Which chiefs had walked past what others then found? (视而不见, 漏报)
-- grain: one row per policy version, problem and chief of its section who missed it
-- needs: problems, patrols, chiefs, rules
-- columns: version (date) policy version; problem (code); town (code) of the problem; section (text); found_on (date);
--   chief (code); patrol (code) of his last patrol on the section in the days judged; patrolled_on (date) its day;
--   walks (次) his patrols there in those days
-- The days judged are as many as 漏报天数 says, the day of the finding the last of them; a policy without the rule
-- judges nobody. Any patrol counts, valid or not. An empty 发现问题数 is none, but a town whose patrols never give
-- the figure is not judged: its source lacks the field.
with limits as (
    select
        version,
        cast(max(value) as integer) as days
    from rules
    where rule = '漏报天数'
    group by version
),

asked as (
    select
        limits.version,
        problems.code as problem,
        problems.town,
        problems.section,
        problems.found_on,
        unnest(generate_series(
            cast(problems.found_on - limits.days + 1 as timestamp), cast(problems.found_on as timestamp), interval 1 day
        )) as moment
    from problems
    cross join limits
    where problems.source <> '河长巡查' and problems.section is not null
),

asked_days as (
    select *, cast(moment as date) as day
    from asked
),

own_sections as (
    select
        code as chief,
        coalesce(town, '') as chief_town,
        unnest(sections) as section
    from chiefs
),

counting_towns as (
    select distinct coalesce(chiefs.town, '') as chief_town
    from patrols
    inner join chiefs on patrols.chief = chiefs.code
    where patrols.problems_found is not null
),

judged_chiefs as (
    select distinct own_sections.chief, own_sections.section
    from own_sections
    inner join counting_towns on own_sections.chief_town = counting_towns.chief_town
),

walks as (
    select
        patrols.code,
        patrols.chief,
        patrols.section,
        patrols.started_at,
        cast(patrols.started_at as date) as day,
        patrols.problems_found
    from patrols
    inner join judged_chiefs on patrols.chief = judged_chiefs.chief and patrols.section = judged_chiefs.section
)

select
    asked_days.version,
    asked_days.problem,
    asked_days.town,
    asked_days.section,
    asked_days.found_on,
    walks.chief,
    arg_max(walks.code, row(walks.started_at, walks.code)) as patrol,
    max(walks.day) as patrolled_on,
    count(*) as walks
from asked_days
inner join walks on asked_days.section = walks.section and asked_days.day = walks.day
group by
    asked_days.version,
    asked_days.problem,
    asked_days.town,
    asked_days.section,
    asked_days.found_on,
    walks.chief
having sum(coalesce(walks.problems_found, 0)) = 0

-- question: Which patrols saw nothing where others then found a problem? (视而不见)
-- grain: one row per problem found in the period and chief who had walked past it; sections with most such problems
--   first
-- params: start date, end date, as_of date, version date, town text
-- columns: problem, town_code, town, section, river (text); section_problems (件) of the period missed there; category,
--   description, source (text) who found what; found_on (date); chief_code, chief, level (text); patrol (text) code of
--   the patrol; patrolled_on (date) his last there; minutes (分钟); km (公里); days_later (天) from it to the finding;
--   walks (次) his patrols there in the 漏报天数 up to the finding, none of which reported anything
with pairs as (
    select *
    from missed_pairs
    where
        version = $version
        and found_on between $start and least($end, $as_of)
        and ($town is null or town = $town)
),

by_section as (
    select
        section,
        count(distinct problem) as section_problems
    from pairs
    group by section
)

select
    pairs.problem,
    pairs.town as town_code,
    towns.name as town,
    coalesce(sections.name, pairs.section) as section,
    sections.river,
    by_section.section_problems,
    problems.category,
    problems.description,
    problems.source,
    pairs.found_on,
    pairs.chief as chief_code,
    chiefs.name as chief,
    chiefs.level,
    pairs.patrol,
    pairs.patrolled_on,
    cast(coalesce(patrols.minutes, date_diff('second', patrols.started_at, patrols.ended_at) / 60.0) as double)
        as minutes,
    cast(patrols.km as double) as km,
    date_diff('day', pairs.patrolled_on, pairs.found_on) as days_later,
    pairs.walks
from pairs
inner join by_section on pairs.section = by_section.section
inner join problems on pairs.problem = problems.code
inner join chiefs on pairs.chief = chiefs.code
left join patrols on pairs.patrol = patrols.code
left join towns on pairs.town = towns.code
left join sections on pairs.section = sections.code
order by by_section.section_problems desc, pairs.section, pairs.found_on desc, pairs.problem, pairs.chief

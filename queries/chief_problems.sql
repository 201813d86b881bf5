-- question: Which problems on a chief's sections count in his assessment, and which did he miss? (漏报、突出问题)
-- grain: one row per problem found there in the period while in office, or grave (突出问题) at its end; missed first
-- params: start date, end date, as_of date, version date, chief text
-- columns: code, section, category, description, source (text); found_on, due_on (date); state (text) as in
--   problem_standing; days_late (天); own (flag) found by a patrol of the section; missed (flag, 漏报); patrolled_on
--   (date) when he had walked past it; grave (flag)
with counted as (
    select
        code,
        bool_or(metric = 'found_rate' and numerator = 1) as own,
        bool_or(metric = 'missed') as missed,
        bool_or(metric = 'grave') as grave
    from chief_measures
    where
        version = $version
        and chief = $chief
        and code is not null
        and metric in ('found_rate', 'missed', 'grave')
        and (day is null or day between $start and $end)
        and known_from <= $as_of
        and (known_until is null or known_until > $as_of)
    group by code
)

select
    counted.code,
    coalesce(sections.name, problems.section) as section,
    problems.category,
    problems.description,
    problems.source,
    problems.found_on,
    standing.due_on,
    standing.state,
    standing.days_late,
    counted.own,
    counted.missed,
    pairs.patrolled_on,
    counted.grave
from counted
inner join problems on counted.code = problems.code
left join problem_standing($as_of, $version) as standing on counted.code = standing.code
left join missed_pairs as pairs
    on pairs.version = $version and pairs.chief = $chief and counted.code = pairs.problem and counted.missed
left join sections on problems.section = sections.code
qualify row_number() over (partition by counted.code order by standing.spell desc) = 1
order by counted.missed desc, counted.grave desc, problems.found_on, counted.code

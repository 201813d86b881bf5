-- question: How many rows did each sender report of each day, and how fully are they filled in?
-- grain: one row per table, sender, day and column that is asked for
-- needs: patrols, problems, enforcement, chiefs
-- columns: table_name (text); source (town's code, department's name) null for nobody's; day (date); reported (行);
--   item (column of the table); asked (行) rows that should give it; filled (行) rows that do
with patrol_rows as (
    select
        'patrols' as table_name,
        chiefs.town as source,
        cast(patrols.started_at as date) as day,
        count(*) as reported,
        count(*) as asked,
        count(patrols.section) as section,
        count(coalesce(patrols.minutes, date_diff('second', patrols.started_at, patrols.ended_at))) as minutes,
        count(patrols.km) as km,
        count(coalesce(patrols.notes, cast(nullif(patrols.photos, 0) as varchar))) as notes
    from patrols
    left join chiefs on patrols.chief = chiefs.code
    group by chiefs.town, cast(patrols.started_at as date)
),

problem_rows as (
    select
        'problems' as table_name,
        town as source,
        found_on as day,
        count(*) as reported,
        count(*) as asked,
        count(section) as section,
        count(department) as department,
        count(person) as person,
        count(measures) as measures,
        count(method) as method
    from problems
    group by town, found_on
),

deadline_rows as (
    select
        'problems' as table_name,
        town as source,
        found_on as day,
        0 as reported,
        count(*) as asked,
        count(deadline) as deadline
    from problems
    where method = '限期整改'
    group by town, found_on
),

enforcement_rows as (
    select
        'enforcement' as table_name,
        department as source,
        day,
        count(*) as reported,
        count(*) as asked,
        count(town) as town,
        count(power) as power,
        count(inspections) as inspections,
        count(people_out) as people_out
    from enforcement
    group by department, day
)

select table_name, source, day, reported, item, asked, filled
from patrol_rows unpivot (filled for item in (section, minutes, km, notes))
union all
select table_name, source, day, reported, item, asked, filled
from problem_rows unpivot (filled for item in (section, department, person, measures, method))
union all
select table_name, source, day, reported, item, asked, filled
from deadline_rows unpivot (filled for item in (deadline))
union all
select table_name, source, day, reported, item, asked, filled
from enforcement_rows unpivot (filled for item in (town, power, inspections, people_out))

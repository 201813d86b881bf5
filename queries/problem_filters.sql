-- question: By which towns, departments, categories and sources can the problems known on a day be told apart?
-- grain: one row per town, department, category and source that occur together
-- params: as_of date, town text, department text
-- columns: town, department, category, source (text) null where the ledger names none
select distinct
    towns.name as town,
    problems.department,
    problems.category,
    problems.source
from problems
inner join towns on problems.town = towns.code
where
    problems.found_on <= $as_of
    and ($town is null or problems.town = $town)
    and ($department is null or problems.department = $department)
order by town, department, category, source

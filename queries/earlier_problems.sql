-- question: Which problems of the same category were found on the same section before this one?
-- grain: one row per earlier problem, the newest first
-- params: as_of date, version date, town text, department text, code text
-- columns: code, description, source (text) as in the ledger; found_on, done_on, closed_on (date) as known at as_of;
--   state (text) as in problem_standing
with chosen as (
    select *
    from problems
    where
        code = $code
        and ($town is null or town = $town)
        and ($department is null or department = $department)
)

select
    earlier.code,
    earlier.description,
    earlier.source,
    earlier.found_on,
    standing.done_on,
    standing.closed_on,
    standing.state
from chosen
inner join problems as earlier on chosen.section = earlier.section and chosen.category = earlier.category
inner join problem_standing($as_of, $version) as standing on earlier.code = standing.code
where chosen.code <> earlier.code and chosen.found_on >= earlier.found_on
qualify row_number() over (partition by earlier.code order by standing.spell desc) = 1
order by earlier.found_on desc, earlier.code

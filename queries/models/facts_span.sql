-- question: From which day to which day do the imported facts reach?
-- grain: one row
-- needs: patrols, problems, transfers, enforcement, outfalls, ratings
-- columns: oldest, newest (date) days of the first and the last fact, null when nothing is imported
with days as (
    select cast(started_at as date) as day from patrols
    union all
    select found_on as day from problems
    union all
    select done_on as day from problems
    union all
    select closed_on as day from problems
    union all
    select rebound_on as day from problems
    union all
    select cast(moved_at as date) as day from transfers
    union all
    select day from enforcement
    union all
    select checked_on as day from outfalls
    union all
    select day from ratings
)

select
    min(day) as oldest,
    max(day) as newest
from days

-- How many matters of a meeting's day were not withdrawn, as far as the meeting knows (see known.sql): what an import
-- writes later to an old day is in none of its screens.
with seen as (
    select
        *,
        row_number() over (partition by number, code order by entry desc) as newest
    from known
)

select
    number,
    count(*) filter (where met_on = held_on and (state is null or state <> '撤销')) as decided
from seen
where newest = 1
group by number;

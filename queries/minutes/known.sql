-- Which entries each meeting knows: all that were written before it was opened, what it wrote itself, and how its own
-- decisions were corrected by hand until the next meeting was opened. What is imported meanwhile it never knows.
create temp view known as
with spans as (
    select
        number,
        held_on,
        known_entry,
        lead(known_entry) over (order by number) as closing_entry
    from meetings
),

told as (
    select
        *,
        first_value(meeting) over (partition by code order by entry) as decided_in
    from entries
)

select
    spans.number,
    spans.held_on,
    told.entry,
    told.code,
    told.met_on,
    told.state
from spans
cross join told
where
    told.entry <= spans.known_entry
    or told.meeting = spans.number
    or (
        told.decided_in = spans.number
        and told.written_in = '议定事项清单'
        and (spans.closing_entry is null or told.entry <= spans.closing_entry)
    );

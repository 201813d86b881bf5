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

first_entries as (
    select
        code,
        min(entry) as entry
    from entries
    group by code
),

decisions as (
    select
        entries.code,
        entries.meeting
    from entries
    inner join first_entries on entries.entry = first_entries.entry
)

select
    spans.number,
    spans.held_on,
    entries.entry,
    entries.code,
    entries.met_on,
    entries.state
from spans
cross join entries
left join decisions on entries.code = decisions.code and spans.number = decisions.meeting
where
    entries.entry <= spans.known_entry
    or entries.meeting = spans.number
    or (
        decisions.code is not null
        and entries.written_in = '议定事项清单'
        and (spans.closing_entry is null or entries.entry <= spans.closing_entry)
    );

-- Newest first; decided counts the matters of the meeting's day that were not withdrawn, as far as the meeting knows
-- (see promises.sql): what an import writes later to an old day is in none of its screens.
with known as (
    select
        meetings.number,
        meetings.held_on,
        entries.met_on,
        entries.state,
        row_number() over (partition by meetings.number, entries.code order by entries.entry desc) as newest
    from meetings
    inner join entries on meetings.known_entry >= entries.entry or meetings.number = entries.meeting
),

written as (
    select distinct meeting
    from entries
),

decided as (
    select
        number,
        count(*) as matters
    from known
    where newest = 1 and met_on = held_on and (state is null or state <> '撤销')
    group by number
)

select
    meetings.number,
    meetings.held_on,
    meetings.period_kind,
    meetings.period_start,
    meetings.period_end,
    meetings.snapshot,
    meetings.focus_kind,
    meetings.focus_name,
    meetings.opened_at,
    meetings.opened_by,
    coalesce(decided.matters, 0) as decided,
    written.meeting is not null as has_entries
from meetings
left join written on meetings.number = written.meeting
left join decided on meetings.number = decided.number
order by meetings.number desc;

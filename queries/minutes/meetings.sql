-- Newest first; decided counts the matters of the meeting's day that were not withdrawn, as far as the meeting knows
-- (see known.sql): what an import writes later to an old day is in none of its screens.
with seen as (
    select
        *,
        row_number() over (partition by number, code order by entry desc) as newest
    from known
),

written as (
    select distinct meeting
    from entries
),

decided as (
    select
        number,
        count(*) as matters
    from seen
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

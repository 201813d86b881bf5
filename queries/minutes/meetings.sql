-- Newest first. It is asked before everything that is written, and so counts nothing.
with written as (
    select distinct meeting
    from entries
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
    written.meeting is not null as has_entries
from meetings
left join written on meetings.number = written.meeting
order by meetings.number desc;

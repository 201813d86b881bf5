-- Newest first; decided counts the matters of the day that were not withdrawn.
with newest as (
    select code, max(entry) as entry
    from entries
    group by code
),

decided as (
    select
        entries.met_on,
        count(*) as matters
    from entries
    inner join newest on entries.entry = newest.entry
    where entries.state is null or entries.state <> '撤销'
    group by entries.met_on
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
    coalesce(decided.matters, 0) as decided
from meetings
left join decided on meetings.held_on = decided.met_on
order by meetings.number desc;

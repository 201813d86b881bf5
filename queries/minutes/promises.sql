-- What each matter came to, as known to a meeting (see known.sql); without a meeting all that is known. Judged at the
-- end of a day: what was done later was open then.
with of_meeting as (
    select entry
    from known
    where number = $meeting
),

seen as (
    select
        *,
        row_number() over (partition by code order by entry desc) as newest
    from entries
    where $meeting is null or entry in (select entry from of_meeting)
),

judged as (
    select
        *,
        case when done_on <= $day then done_on end as done_by
    from seen
    where newest = 1 and met_on <= $day and (state is null or state <> '撤销')
)

select
    code,
    met_on,
    matter,
    unit,
    due_on,
    state,
    done_by as done_on,
    note,
    case
        when done_by <= due_on then '按时完成'
        when done_by is not null then '逾期完成'
        when due_on < $day then '逾期'
        else '未到期'
    end as standing,
    cast(max(0, julianday(coalesce(done_by, $day)) - julianday(due_on)) as integer) as days_late,
    written_by
from judged
order by met_on desc, code;

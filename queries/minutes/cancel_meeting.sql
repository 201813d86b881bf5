-- The newest meeting, if nothing was written in it: no decision and no correction is ever lost.
delete from meetings
where
    number = $meeting
    and number = (select max(number) from meetings)
    and number not in (
        select meeting from entries
        where meeting is not null
    )
returning number;

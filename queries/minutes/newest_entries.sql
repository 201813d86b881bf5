with newest as (
    select code, max(entry) as entry
    from entries
    group by code
)

select entries.entry, entries.code, met_on, matter, unit, due_on, state, done_on, note
from entries
inner join newest on entries.entry = newest.entry
order by entries.code;

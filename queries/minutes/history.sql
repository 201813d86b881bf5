select written_at, written_by, written_in, met_on, matter, unit, due_on, state, done_on, note
from entries
where code = $code
order by entry;

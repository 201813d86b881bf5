insert into entries (
    written_at, written_by, written_in, meeting, code, met_on, matter, unit, due_on, state, done_on, note
)
values (
    $written_at, $written_by, $written_in, $meeting, $code, $met_on, $matter, $unit, $due_on, $state, $done_on, $note
);

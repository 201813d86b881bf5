insert into meetings (
    held_on, period_kind, period_start, period_end, snapshot, focus_kind, focus_name, opened_at, opened_by, known_entry
)
values (
    $held_on, $period_kind, $period_start, $period_end, $snapshot, $focus_kind, $focus_name, $opened_at, $opened_by,
    (select coalesce(max(entry), 0) from entries)
)
returning number;

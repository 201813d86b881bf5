create table if not exists meetings (
    number integer primary key,
    held_on text not null,
    period_kind text not null,
    period_start text not null,
    period_end text not null,
    snapshot text not null,
    focus_kind text,
    focus_name text,
    opened_at text not null,
    opened_by text not null,
    known_entry integer not null
);

create table if not exists entries (
    entry integer primary key,
    written_at text not null,
    written_by text not null,
    written_in text not null,
    meeting integer,
    code text not null,
    met_on text not null,
    matter text not null,
    unit text not null,
    due_on text not null,
    state text,
    done_on text,
    note text
);

create index if not exists entries_by_code on entries (code, entry);

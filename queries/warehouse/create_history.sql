create table if not exists import_log (
    batch bigint,
    made_at timestamp,
    made_by varchar,
    demo boolean,
    file varchar,
    sheet varchar,
    table_name varchar,
    sha256 varchar,
    added bigint,
    changed bigint,
    unchanged bigint,
    refused bigint,
    skipped bigint
);

alter table import_log add column if not exists removed bigint default 0;

create table if not exists refusals (
    batch bigint,
    file varchar,
    sheet varchar,
    table_name varchar,
    rule varchar,
    source varchar,
    refused bigint
);

create table if not exists deliveries (
    batch bigint,
    table_name varchar,
    source varchar,
    day date,
    delivered bigint
)

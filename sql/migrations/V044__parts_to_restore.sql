-- Lost rows are loaded again from the data lake. Load takes a part that it has loaded before only if it is listed here, and counts it
-- as a late part that restores: what it inserts is counted by the ledger already.
create table etl.parts_to_restore (
    run_id text collate "C" not null,
    stream text collate "C" not null,
    part integer not null,
    constraint parts_to_restore_pk primary key (run_id, stream, part)
);
comment on table etl.parts_to_restore is 'Loaded parts whose next event is applied again, since some of their rows were lost or changed.';
comment on column etl.parts_to_restore.run_id is 'Run of the part.';
comment on column etl.parts_to_restore.stream is 'Stream of the part.';
comment on column etl.parts_to_restore.part is 'Number of the part.';

alter table etl.late_parts add column restores boolean not null default false;
comment on column etl.late_parts.restores is 'Whether the part was loaded again to restore rows: the ledger counted its rows before.';

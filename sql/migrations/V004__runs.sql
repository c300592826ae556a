create table etl.runs (
    run_id text collate "C" not null,
    source text collate "C" not null,
    status text not null default 'running',
    full_run boolean,
    read_until date,
    started_at timestamptz not null,
    extracted_at timestamptz,
    closed_at timestamptz,
    manifest_bucket text,
    manifest_version text,
    constraint runs_pk primary key (run_id),
    constraint runs_status_known check (status in ('running', 'complete', 'incomplete')),
    constraint runs_closed_unless_running check ((status = 'running') = (closed_at is null))
);
create index runs_by_source on etl.runs (source, run_id desc);
comment on table etl.runs is 'One row per run of a source, from its first loaded part on.';
comment on column etl.runs.run_id is 'A ULID: run ids sort by the time of the request.';
comment on column etl.runs.source is 'Name of the source that was read.';
comment on column etl.runs.status is 'running until the manifest and all its parts are loaded; then complete if every stream balances and there was no problem, else incomplete.';
comment on column etl.runs.full_run is 'Whether everything was read, not only what changed; null until the manifest is in.';
comment on column etl.runs.read_until is 'Of a run that read a window of days: the day after its last one, in the shop''s zone. Null for a run that read up to its own time.';
comment on column etl.runs.started_at is 'When the extraction began; until the manifest is loaded, when the run was requested.';
comment on column etl.runs.extracted_at is 'When the extraction ended; null until the manifest is in.';
comment on column etl.runs.closed_at is 'When the manifest and all its parts were loaded; null while running.';
comment on column etl.runs.manifest_bucket is 'Bucket of the manifest; null until it is in.';
comment on column etl.runs.manifest_version is 'Entity tag of the manifest that was applied; null until it is in.';

create table etl.run_streams (
    run_id text collate "C" not null,
    stream text collate "C" not null,
    counted bigint,
    extracted bigint not null,
    parts integer not null,
    watermark_before timestamptz,
    watermark_after timestamptz,
    one_row_per_id boolean not null default false,
    constraint run_streams_pk primary key (run_id, stream),
    constraint run_streams_of_run foreign key (run_id) references etl.runs (run_id)
);
comment on table etl.run_streams is 'The streams in a run''s manifest.';
comment on column etl.run_streams.counted is 'Number of rows that the source reports, its deletions included; null if it cannot count them.';
comment on column etl.run_streams.extracted is 'Rows in all raw parts together.';
comment on column etl.run_streams.parts is 'Number of raw parts.';
comment on column etl.run_streams.watermark_before is 'Newest updated_at of earlier runs; null for a full run.';
comment on column etl.run_streams.watermark_after is 'Newest updated_at of this run; null if the source has none.';
comment on column etl.run_streams.one_row_per_id is 'Whether all rows were read, and no two have the same id: a row whose updated_at is older than in an earlier run contradicts it.';

create table etl.run_parts (
    run_id text collate "C" not null,
    stream text collate "C" not null,
    part integer not null,
    raw_key text not null,
    rows bigint not null,
    constraint run_parts_pk primary key (run_id, stream, part),
    constraint run_parts_of_stream foreign key (run_id, stream) references etl.run_streams (run_id, stream)
);
comment on table etl.run_parts is 'The raw parts that the manifest names.';
comment on column etl.run_parts.raw_key is 'Key of the raw part in the lake.';
comment on column etl.run_parts.rows is 'Rows of the raw part, without the header.';

create table etl.run_problems (
    run_id text collate "C" not null,
    ordinal integer not null,
    stream text collate "C",
    file text,
    line bigint,
    field text,
    rule text not null,
    message text not null,
    constraint run_problems_pk primary key (run_id, ordinal),
    constraint run_problems_of_run foreign key (run_id) references etl.runs (run_id)
);
comment on table etl.run_problems is 'Problems of the extraction; a run with problems ends incomplete.';
comment on column etl.run_problems.ordinal is 'Position in the manifest, from 1.';
comment on column etl.run_problems.stream is 'Stream that it concerns; null for the whole run.';
comment on column etl.run_problems.file is 'File, object or address; null if there is none.';
comment on column etl.run_problems.line is 'Line, from 1; null if there is none.';
comment on column etl.run_problems.field is 'Field; null where it concerns more than one.';
comment on column etl.run_problems.rule is 'Short stable name of the rule.';
comment on column etl.run_problems.message is 'What is wrong and what to do.';

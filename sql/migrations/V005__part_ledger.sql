create table etl.part_ledger (
    run_id text collate "C" not null,
    stream text collate "C" not null,
    part integer not null,
    source text collate "C" not null,
    bucket text not null,
    object_key text not null,
    object_version text not null,
    extracted bigint not null,
    inserted bigint not null,
    updated bigint not null,
    unchanged bigint not null,
    older bigint not null default 0,
    duplicate bigint not null,
    quarantined bigint not null,
    pseudonym_key_id text not null,
    is_snapshot boolean not null default false,
    loaded_at timestamptz not null,
    load_millis bigint not null,
    constraint part_ledger_pk primary key (run_id, stream, part),
    constraint part_ledger_of_run foreign key (run_id) references etl.runs (run_id),
    constraint part_ledger_balances check (extracted = inserted + updated + unchanged + duplicate + quarantined)
);
comment on table etl.part_ledger is 'One row per loaded part, written in the transaction that loaded it.';
comment on column etl.part_ledger.object_key is 'Key of the clean part in the lake.';
comment on column etl.part_ledger.object_version is 'SHA-256 of the clean part that was loaded; its entity tag if the checksum is unknown.';
comment on column etl.part_ledger.extracted is 'Rows of the raw part.';
comment on column etl.part_ledger.inserted is 'New rows, including those that completed an inferred member.';
comment on column etl.part_ledger.updated is 'Rows that changed an existing row.';
comment on column etl.part_ledger.unchanged is 'Rows that changed nothing, including older versions.';
comment on column etl.part_ledger.older is 'Of the unchanged rows, those that differ from what an earlier run read, and whose updated_at is older.';
comment on column etl.part_ledger.duplicate is 'Rows superseded by a newer version of the same key in the same part.';
comment on column etl.part_ledger.quarantined is 'Rows rejected; they are in quarantine/, each with its reason.';
comment on column etl.part_ledger.pseudonym_key_id is 'Id of the key that made the pseudonyms.';
comment on column etl.part_ledger.is_snapshot is 'Whether its rows replace those of earlier runs, even newer versions: the run read all rows of the stream as they were.';
comment on column etl.part_ledger.load_millis is 'How long the load took, in milliseconds.';

-- The ledger of a closed run never changes: parts that arrive later are counted here.
create table etl.late_parts (
    run_id text collate "C" not null,
    stream text collate "C" not null,
    part integer not null,
    arrival integer not null,
    object_version text not null,
    applied boolean not null,
    extracted bigint not null,
    inserted bigint not null,
    updated bigint not null,
    unchanged bigint not null,
    duplicate bigint not null,
    quarantined bigint not null,
    arrived_at timestamptz not null,
    constraint late_parts_pk primary key (run_id, stream, part, arrival)
);
comment on table etl.late_parts is 'Parts that arrived too late for the ledger of their run: transformed again after the run was closed, or not listed in its manifest.';
comment on column etl.late_parts.arrival is 'Number of the late arrival of the part, from 1; each has different content.';
comment on column etl.late_parts.object_version is 'SHA-256 of the clean part, as in etl.part_ledger.';
comment on column etl.late_parts.applied is 'Whether its rows were merged; false for a part that the manifest does not list.';
comment on column etl.late_parts.extracted is 'Rows of the raw part.';
comment on column etl.late_parts.inserted is 'Rows that were new.';
comment on column etl.late_parts.updated is 'Rows that changed an existing row.';
comment on column etl.late_parts.unchanged is 'Rows that changed nothing.';
comment on column etl.late_parts.duplicate is 'Rows superseded by a newer version of the same key in the same part.';
comment on column etl.late_parts.quarantined is 'Rows rejected.';
comment on column etl.late_parts.arrived_at is 'When the part arrived.';

create table etl.ingest_audit (
    audit_id bigint generated always as identity,
    recorded_at timestamptz not null default clock_timestamp(),
    kind text not null,
    outcome text not null,
    run_id text collate "C" not null,
    bucket text not null,
    object_key text not null,
    object_version text not null,
    constraint ingest_audit_pk primary key (audit_id),
    constraint ingest_audit_kind_known check (kind in ('part', 'manifest')),
    constraint ingest_audit_outcome_known check (
        outcome in ('applied', 'already_applied', 'after_closing', 'not_in_manifest')
    )
);
comment on table etl.ingest_audit is 'One row per event that was applied or found applied already; events come at least once.';
comment on column etl.ingest_audit.kind is 'part or manifest.';
comment on column etl.ingest_audit.outcome is 'applied; already_applied: nothing else was written; after_closing: the run was closed, so a part was merged and counted in etl.late_parts, and a manifest was not applied; not_in_manifest: counted in etl.late_parts only.';
comment on column etl.ingest_audit.object_version is 'Entity tag of the object as it was read.';

-- Observations between the first and the last one of each version of a dimension with history. With them, a version that arrives late
-- splits the period around it at the right instants, in whatever sequence the versions arrive.
create table etl.repeated_observations (
    source text collate "C" not null,
    stream text collate "C" not null,
    id text collate "C" not null,
    version_at timestamptz not null,
    content_hash bigint not null,
    run_id text collate "C" not null,
    part integer not null,
    source_row bigint not null,
    constraint repeated_observations_pk primary key (source, stream, id, version_at)
);
comment on table etl.repeated_observations is 'One row per observation of a customer or product, with an updated_at of its own, that repeats its version''s content and is neither the first nor the last to do so.';
comment on column etl.repeated_observations.source is 'Name of the source that the row comes from.';
comment on column etl.repeated_observations.stream is 'Stream of the dimension: customers or products.';
comment on column etl.repeated_observations.id is 'The shop''s id of the customer or product.';
comment on column etl.repeated_observations.version_at is 'When the source had this content: its updated_at.';
comment on column etl.repeated_observations.content_hash is 'Hash of the content. An observation with other content than the version around it is ignored, and the next part with the id deletes it.';
comment on column etl.repeated_observations.run_id is 'Run that the observation comes from.';
comment on column etl.repeated_observations.part is 'Part of the run that it comes from.';
comment on column etl.repeated_observations.source_row is 'Number of the row in the raw part, from 1.';

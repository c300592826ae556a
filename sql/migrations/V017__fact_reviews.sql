create table warehouse.fact_reviews (
    source text collate "C" not null,
    review_id text collate "C" not null,
    order_id text collate "C",
    product_id text collate "C",
    rating bigint,
    reviewer_email_token text,
    created_at timestamptz,
    answered_at timestamptz,
    updated_at timestamptz,
    is_deleted boolean not null default false,
    version_at timestamptz not null,
    run_id text collate "C" not null,
    part integer not null,
    source_row bigint not null,
    constraint fact_reviews_pk primary key (source, review_id),
    constraint fact_reviews_whole_unless_deleted check (is_deleted or rating is not null)
);
comment on table warehouse.fact_reviews is 'One row per review: its newest known state. Its text stays outside.';
comment on column warehouse.fact_reviews.source is 'Name of the source that the row comes from.';
comment on column warehouse.fact_reviews.review_id is 'The shop''s id of the review.';
comment on column warehouse.fact_reviews.order_id is 'The order it is about.';
comment on column warehouse.fact_reviews.product_id is 'The product it is about.';
comment on column warehouse.fact_reviews.rating is '1 to 5.';
comment on column warehouse.fact_reviews.reviewer_email_token is 'E-mail address of the reviewer. Keyed pseudonym.';
comment on column warehouse.fact_reviews.created_at is 'When it was written.';
comment on column warehouse.fact_reviews.answered_at is 'When it was answered.';
comment on column warehouse.fact_reviews.updated_at is 'When the source last changed the row; orders its versions.';
comment on column warehouse.fact_reviews.is_deleted is 'Tombstone: the row was deleted at its source; only its key and its version are kept.';
comment on column warehouse.fact_reviews.version_at is 'Version of the row: the source''s updated_at, else the instant of extraction.';
comment on column warehouse.fact_reviews.run_id is 'Run that the row comes from.';
comment on column warehouse.fact_reviews.part is 'Part of the run that the row comes from.';
comment on column warehouse.fact_reviews.source_row is 'Number of the row in the raw part, from 1.';

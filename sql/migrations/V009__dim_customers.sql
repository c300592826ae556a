create table warehouse.dim_customers (
    source text collate "C" not null,
    customer_id text collate "C" not null,
    email_token text,
    phone_token text,
    city text,
    region text,
    postcode_area text,
    country text,
    created_at timestamptz,
    updated_at timestamptz,
    is_inferred boolean not null default false,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    is_current boolean not null generated always as (valid_to = 'infinity') stored,
    version_at timestamptz not null,
    run_id text collate "C" not null,
    part integer not null,
    source_row bigint not null,
    last_version_at timestamptz not null,
    last_run_id text collate "C" not null,
    last_part integer not null,
    last_source_row bigint not null,
    constraint dim_customers_pk primary key (source, customer_id, valid_from),
    constraint dim_customers_valid check (valid_from < valid_to),
    -- The 64-bit hash of the key: a GiST index of the texts themselves takes longer to fill.
    constraint dim_customers_no_overlap exclude using gist (
        hashtextextended(source || '/' || customer_id, 0) with =,
        tstzrange(valid_from, valid_to) with &&
    )
);
comment on table warehouse.dim_customers is 'One row per customer, guests among them, and period in which nothing of it changed (type 2).';
comment on column warehouse.dim_customers.source is 'Name of the source that the row comes from.';
comment on column warehouse.dim_customers.customer_id is 'The shop''s id of the customer.';
comment on column warehouse.dim_customers.email_token is 'E-mail address; compared without case. Keyed pseudonym.';
comment on column warehouse.dim_customers.phone_token is 'Telephone number; compared in E.164 form. Keyed pseudonym.';
comment on column warehouse.dim_customers.city is 'Town or city.';
comment on column warehouse.dim_customers.region is 'County, state or province, as the shop names it.';
comment on column warehouse.dim_customers.postcode_area is 'Postcode. Its area only.';
comment on column warehouse.dim_customers.country is 'Country.';
comment on column warehouse.dim_customers.created_at is 'When the customer registered.';
comment on column warehouse.dim_customers.updated_at is 'When the source last changed the row, as far as it is this version.';
comment on column warehouse.dim_customers.is_inferred is 'True for an inferred member: a fact referenced the key, and the row itself has not been loaded yet.';
comment on column warehouse.dim_customers.valid_from is 'From when on the customer was so; -infinity for its first known version.';
comment on column warehouse.dim_customers.valid_to is 'Until when, exclusive; infinity for its current version.';
comment on column warehouse.dim_customers.is_current is 'True for the version that holds now: one per customer.';
comment on column warehouse.dim_customers.version_at is 'When the customer was first seen in this version: the source''s updated_at, else the instant of extraction.';
comment on column warehouse.dim_customers.run_id is 'Run that the row comes from.';
comment on column warehouse.dim_customers.part is 'Part of the run that the row comes from.';
comment on column warehouse.dim_customers.source_row is 'Number of the row in the raw part, from 1.';
comment on column warehouse.dim_customers.last_version_at is 'When the customer was last seen in this version; a version that arrives late may fall between the two.';
comment on column warehouse.dim_customers.last_run_id is 'Run that last saw the customer so.';
comment on column warehouse.dim_customers.last_part is 'Part of the run that last saw the customer so.';
comment on column warehouse.dim_customers.last_source_row is 'Number of the row in that raw part.';

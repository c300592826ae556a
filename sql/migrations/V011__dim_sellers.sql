create table warehouse.dim_sellers (
    source text collate "C" not null,
    seller_id text collate "C" not null,
    city text,
    region text,
    postcode_area text,
    country text,
    updated_at timestamptz,
    is_inferred boolean not null default false,
    version_at timestamptz not null,
    run_id text collate "C" not null,
    part integer not null,
    source_row bigint not null,
    constraint dim_sellers_pk primary key (source, seller_id)
);
comment on table warehouse.dim_sellers is 'One row per seller of a marketplace: the newest known state (type 1).';
comment on column warehouse.dim_sellers.source is 'Name of the source that the row comes from.';
comment on column warehouse.dim_sellers.seller_id is 'The marketplace''s id of the seller.';
comment on column warehouse.dim_sellers.city is 'Town or city.';
comment on column warehouse.dim_sellers.region is 'County, state or province.';
comment on column warehouse.dim_sellers.postcode_area is 'Postcode. Its area only.';
comment on column warehouse.dim_sellers.country is 'Country.';
comment on column warehouse.dim_sellers.updated_at is 'When the source last changed the row; orders its versions.';
comment on column warehouse.dim_sellers.is_inferred is 'True for an inferred member: a fact referenced the key, and the row itself has not been loaded yet.';
comment on column warehouse.dim_sellers.version_at is 'Version of the row: the source''s updated_at, else the instant of extraction.';
comment on column warehouse.dim_sellers.run_id is 'Run that the row comes from.';
comment on column warehouse.dim_sellers.part is 'Part of the run that the row comes from.';
comment on column warehouse.dim_sellers.source_row is 'Number of the row in the raw part, from 1.';

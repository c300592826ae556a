create table warehouse.dim_products (
    source text collate "C" not null,
    product_id text collate "C" not null,
    name text,
    sku text,
    category text,
    price_minor bigint,
    unit_cost_minor bigint,
    currency text,
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
    constraint dim_products_pk primary key (source, product_id, valid_from),
    constraint dim_products_valid check (valid_from < valid_to),
    -- The 64-bit hash of the key: a GiST index of the texts themselves takes longer to fill.
    constraint dim_products_no_overlap exclude using gist (
        hashtextextended(source || '/' || product_id, 0) with =,
        tstzrange(valid_from, valid_to) with &&
    )
);
comment on table warehouse.dim_products is 'One row per product and period in which it did not change (type 2).';
comment on column warehouse.dim_products.source is 'Name of the source that the row comes from.';
comment on column warehouse.dim_products.product_id is 'The shop''s id of the product.';
comment on column warehouse.dim_products.name is 'Name.';
comment on column warehouse.dim_products.sku is 'Stock keeping unit.';
comment on column warehouse.dim_products.category is 'Main category; none is shown as ''unknown''.';
comment on column warehouse.dim_products.price_minor is 'Current list price, without tax if the shop reports it. In minor units of the currency.';
comment on column warehouse.dim_products.unit_cost_minor is 'What one unit costs the shop; none means unknown, not zero. In minor units of the currency.';
comment on column warehouse.dim_products.currency is 'Currency of price and cost.';
comment on column warehouse.dim_products.created_at is 'When the product was created.';
comment on column warehouse.dim_products.updated_at is 'When the source last changed the row, as far as it is this version.';
comment on column warehouse.dim_products.is_inferred is 'True for an inferred member: a fact referenced the key, and the row itself has not been loaded yet.';
comment on column warehouse.dim_products.valid_from is 'From when on the product was so; -infinity for its first known version.';
comment on column warehouse.dim_products.valid_to is 'Until when, exclusive; infinity for its current version.';
comment on column warehouse.dim_products.is_current is 'True for the version that holds now: one per product.';
comment on column warehouse.dim_products.version_at is 'When the product was first seen in this version: the source''s updated_at, else the instant of extraction.';
comment on column warehouse.dim_products.run_id is 'Run that the row comes from.';
comment on column warehouse.dim_products.part is 'Part of the run that the row comes from.';
comment on column warehouse.dim_products.source_row is 'Number of the row in the raw part, from 1.';
comment on column warehouse.dim_products.last_version_at is 'When the product was last seen in this version; a version that arrives late may fall between the two.';
comment on column warehouse.dim_products.last_run_id is 'Run that last saw the product so.';
comment on column warehouse.dim_products.last_part is 'Part of the run that last saw the product so.';
comment on column warehouse.dim_products.last_source_row is 'Number of the row in that raw part.';

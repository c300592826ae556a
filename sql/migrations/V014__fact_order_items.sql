create table warehouse.fact_order_items (
    source text collate "C" not null,
    order_item_id text collate "C" not null,
    order_id text collate "C",
    product_id text collate "C",
    seller_id text collate "C",
    name text,
    sku text,
    quantity numeric,
    unit_price_minor bigint,
    gross_minor bigint,
    discount_minor bigint,
    shipping_minor bigint,
    tax_minor bigint,
    line_cost_minor bigint,
    currency text,
    updated_at timestamptz,
    net_minor bigint,
    is_deleted boolean not null default false,
    line_cost_version_at timestamptz,
    line_cost_run_id text collate "C",
    line_cost_quantity numeric,
    version_at timestamptz not null,
    run_id text collate "C" not null,
    part integer not null,
    source_row bigint not null,
    constraint fact_order_items_pk primary key (source, order_item_id),
    constraint fact_order_items_whole_unless_deleted check (
        is_deleted
        or (
            order_id is not null
            and quantity is not null
            and unit_price_minor is not null
            and currency is not null
            and net_minor is not null
        )
    ),
    constraint fact_order_items_cost_has_version check (
        (line_cost_minor is null) = (line_cost_version_at is null)
        and (line_cost_minor is null) = (line_cost_run_id is null)
        and (line_cost_minor is null) = (line_cost_quantity is null)
    )
);
create index fact_order_items_by_order on warehouse.fact_order_items (source, order_id);
-- Few lines have a discount larger than they are: they are found without looking at the others.
create index fact_order_items_below_zero on warehouse.fact_order_items (source, order_id)
where net_minor < 0;
comment on table warehouse.fact_order_items is 'One row per line of an order: its newest known state.';
comment on column warehouse.fact_order_items.source is 'Name of the source that the row comes from.';
comment on column warehouse.fact_order_items.order_item_id is 'The shop''s id of the line.';
comment on column warehouse.fact_order_items.order_id is 'The order it is part of.';
comment on column warehouse.fact_order_items.product_id is 'The product; none where the shop deleted it.';
comment on column warehouse.fact_order_items.seller_id is 'Who sold it, on a marketplace.';
comment on column warehouse.fact_order_items.name is 'Name of the product when it was sold.';
comment on column warehouse.fact_order_items.sku is 'Stock keeping unit.';
comment on column warehouse.fact_order_items.quantity is 'Units sold; more than 0.';
comment on column warehouse.fact_order_items.unit_price_minor is 'Price of one unit before discounts, without tax; 0 for a gift. In minor units of the currency.';
comment on column warehouse.fact_order_items.gross_minor is 'Line before discounts, without tax; none: quantity × unit price. In minor units of the currency.';
comment on column warehouse.fact_order_items.discount_minor is 'Discount on the line, without tax; none: 0. In minor units of the currency.';
comment on column warehouse.fact_order_items.shipping_minor is 'Shipping without tax, where it is charged per line. In minor units of the currency.';
comment on column warehouse.fact_order_items.tax_minor is 'Tax on the line. In minor units of the currency.';
comment on column warehouse.fact_order_items.line_cost_minor is 'Cost of line_cost_quantity units of the first version that has one; null if unknown. In minor units of the currency.';
comment on column warehouse.fact_order_items.currency is 'Currency of the amounts.';
comment on column warehouse.fact_order_items.updated_at is 'When the source last changed the row; orders its versions.';
comment on column warehouse.fact_order_items.net_minor is 'Line after discounts, before refunds, without tax. In minor units of the currency.';
comment on column warehouse.fact_order_items.is_deleted is 'Tombstone: the row was deleted at its source; only its key, its version and the cost first seen are kept.';
comment on column warehouse.fact_order_items.line_cost_version_at is 'Version of the row that line_cost_minor comes from: the first that has one.';
comment on column warehouse.fact_order_items.line_cost_run_id is 'Run of that version.';
comment on column warehouse.fact_order_items.line_cost_quantity is 'Quantity of the version that line_cost_minor comes from.';
comment on column warehouse.fact_order_items.version_at is 'Version of the row: the source''s updated_at, else the instant of extraction.';
comment on column warehouse.fact_order_items.run_id is 'Run that the row comes from.';
comment on column warehouse.fact_order_items.part is 'Part of the run that the row comes from.';
comment on column warehouse.fact_order_items.source_row is 'Number of the row in the raw part, from 1.';

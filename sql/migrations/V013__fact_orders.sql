create table warehouse.fact_orders (
    source text collate "C" not null,
    order_id text collate "C" not null,
    customer_id text collate "C",
    status text,
    currency text,
    ordered_at timestamptz,
    paid_at timestamptz,
    completed_at timestamptz,
    payment_method text,
    total_minor bigint,
    tax_minor bigint,
    shipping_minor bigint,
    discount_minor bigint,
    separate_discount_minor bigint,
    fees_minor bigint,
    item_ids text[],
    payment_ids text[],
    refund_ids text[],
    ship_city text,
    ship_region text,
    ship_postcode_area text,
    ship_country text,
    email_token text,
    updated_at timestamptz,
    ordered_on date,
    is_deleted boolean not null default false,
    version_at timestamptz not null,
    run_id text collate "C" not null,
    part integer not null,
    source_row bigint not null,
    constraint fact_orders_pk primary key (source, order_id),
    constraint fact_orders_whole_unless_deleted check (
        is_deleted
        or (status is not null and currency is not null and ordered_at is not null and ordered_on is not null)
    ),
    constraint fact_orders_status_known check (
        status in ('pending', 'processing', 'completed', 'cancelled', 'failed', 'refunded')
    )
);
create index fact_orders_by_day on warehouse.fact_orders (source, ordered_on);
-- Few orders have a discount of their own: figures find them without looking at the others.
create index fact_orders_with_discount on warehouse.fact_orders (source, order_id)
where discount_minor > 0 or separate_discount_minor > 0;
comment on table warehouse.fact_orders is 'One row per order: its newest known state.';
comment on column warehouse.fact_orders.source is 'Name of the source that the row comes from.';
comment on column warehouse.fact_orders.order_id is 'The shop''s id of the order.';
comment on column warehouse.fact_orders.customer_id is 'Who ordered; none for a guest without e-mail address.';
comment on column warehouse.fact_orders.status is 'State of the order.';
comment on column warehouse.fact_orders.currency is 'Currency of all amounts of the order.';
comment on column warehouse.fact_orders.ordered_at is 'When the order was placed.';
comment on column warehouse.fact_orders.paid_at is 'When it was paid.';
comment on column warehouse.fact_orders.completed_at is 'When it was delivered or completed.';
comment on column warehouse.fact_orders.payment_method is 'How it was paid.';
comment on column warehouse.fact_orders.total_minor is 'What the customer was charged, tax and shipping included. In minor units of the currency.';
comment on column warehouse.fact_orders.tax_minor is 'Tax within the total. In minor units of the currency.';
comment on column warehouse.fact_orders.shipping_minor is 'Shipping without tax, where it is charged per order. In minor units of the currency.';
comment on column warehouse.fact_orders.discount_minor is 'All discounts of the order without tax, those of its lines included. In minor units of the currency.';
comment on column warehouse.fact_orders.separate_discount_minor is 'Discount on the order without tax, beside discount_minor and those of its lines. In minor units of the currency.';
comment on column warehouse.fact_orders.fees_minor is 'Fees of the order without tax; less than 0 where credit was redeemed. In minor units of the currency.';
comment on column warehouse.fact_orders.item_ids is 'All lines of the order: others that are not newer were removed. Null: the source does not report them.';
comment on column warehouse.fact_orders.payment_ids is 'All payments of the order: others that are not newer were removed. Null: the source does not report them.';
comment on column warehouse.fact_orders.refund_ids is 'All refund groups of the order: others that are not newer were removed. Null: the source does not report them.';
comment on column warehouse.fact_orders.ship_city is 'Town or city it was sent to.';
comment on column warehouse.fact_orders.ship_region is 'County, state or province it was sent to.';
comment on column warehouse.fact_orders.ship_postcode_area is 'Postcode it was sent to. Its area only.';
comment on column warehouse.fact_orders.ship_country is 'Country it was sent to.';
comment on column warehouse.fact_orders.email_token is 'E-mail address given with the order; names a guest. Keyed pseudonym.';
comment on column warehouse.fact_orders.updated_at is 'When the source last changed the row; orders its versions.';
comment on column warehouse.fact_orders.ordered_on is 'Business date: the day of ordered_at in the shop''s time zone.';
comment on column warehouse.fact_orders.is_deleted is 'Tombstone: the row was deleted at its source; only its key and its version are kept.';
comment on column warehouse.fact_orders.version_at is 'Version of the row: the source''s updated_at, else the instant of extraction.';
comment on column warehouse.fact_orders.run_id is 'Run that the row comes from.';
comment on column warehouse.fact_orders.part is 'Part of the run that the row comes from.';
comment on column warehouse.fact_orders.source_row is 'Number of the row in the raw part, from 1.';

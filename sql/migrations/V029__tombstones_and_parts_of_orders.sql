-- Rows that are gone at their source leave tombstones; orders name their lines, payments and refunds; quantities may be decimals.
-- The views over the facts are in the way of that. The migrations after this one create them again.
drop view
    analytics.customer_value,
    analytics.region_sales,
    analytics.category_sales,
    analytics.product_sales,
    analytics.sales_monthly,
    analytics.sales_items,
    analytics.sales_orders,
    analytics.order_lines,
    analytics.row_counts,
    production.transactions,
    production.transaction_items;

alter table warehouse.fact_orders
    add column separate_discount_minor bigint,
    add column fees_minor bigint,
    add column item_ids text[],
    add column payment_ids text[],
    add column refund_ids text[],
    add column is_deleted boolean not null default false,
    alter column status drop not null,
    alter column currency drop not null,
    alter column ordered_at drop not null,
    alter column ordered_on drop not null,
    add constraint fact_orders_whole_unless_deleted check (
        is_deleted
        or (status is not null and currency is not null and ordered_at is not null and ordered_on is not null)
    );
comment on column warehouse.fact_orders.discount_minor is 'All discounts of the order without tax, those of its lines included. In minor units of the currency.';
comment on column warehouse.fact_orders.separate_discount_minor is 'Discount on the order without tax, beside discount_minor and those of its lines. In minor units of the currency.';
comment on column warehouse.fact_orders.fees_minor is 'Fees of the order without tax; less than 0 where credit was redeemed. In minor units of the currency.';
comment on column warehouse.fact_orders.item_ids is 'All lines of the order: others that are not newer are gone. Null: the source does not say.';
comment on column warehouse.fact_orders.payment_ids is 'All payments of the order: others that are not newer are gone. Null: the source does not say.';
comment on column warehouse.fact_orders.refund_ids is 'All refund groups of the order: others that are not newer are gone. Null: the source does not say.';
comment on column warehouse.fact_orders.is_deleted is 'Tombstone: the row is gone at its source; only its key and its version are kept.';

alter table warehouse.fact_order_items
    alter column quantity type numeric,
    add column is_deleted boolean not null default false,
    alter column order_id drop not null,
    alter column quantity drop not null,
    alter column unit_price_minor drop not null,
    alter column currency drop not null,
    alter column net_minor drop not null,
    add constraint fact_order_items_whole_unless_deleted check (
        is_deleted
        or (
            order_id is not null
            and quantity is not null
            and unit_price_minor is not null
            and currency is not null
            and net_minor is not null
        )
    );
comment on column warehouse.fact_order_items.unit_price_minor is 'Price of one unit before discounts, without tax; 0 for a gift. In minor units of the currency.';
comment on column warehouse.fact_order_items.is_deleted is 'Tombstone: the row is gone at its source; only its key, its version and the cost first seen are kept.';

alter table warehouse.fact_payments
    add column is_deleted boolean not null default false,
    alter column order_id drop not null,
    alter column amount_minor drop not null,
    alter column currency drop not null,
    add constraint fact_payments_whole_unless_deleted check (
        is_deleted or (order_id is not null and amount_minor is not null and currency is not null)
    );
comment on column warehouse.fact_payments.is_deleted is 'Tombstone: the row is gone at its source; only its key and its version are kept.';

alter table warehouse.fact_refunds
    alter column quantity type numeric,
    add column refund_group text collate "C",
    add column is_deleted boolean not null default false,
    alter column order_id drop not null,
    alter column amount_minor drop not null,
    alter column currency drop not null,
    alter column refunded_at drop not null,
    alter column refunded_on drop not null,
    add constraint fact_refunds_whole_unless_deleted check (
        is_deleted
        or (
            order_id is not null
            and amount_minor is not null
            and currency is not null
            and refunded_at is not null
            and refunded_on is not null
        )
    );
comment on column warehouse.fact_refunds.amount_minor is 'What was given back: of a line without tax, of the order with all that was charged. In minor units of the currency.';
comment on column warehouse.fact_refunds.refund_group is 'The shop''s id of the refund that the row is part of; null: the row''s own.';
comment on column warehouse.fact_refunds.is_deleted is 'Tombstone: the row is gone at its source; only its key and its version are kept.';

alter table warehouse.fact_reviews
    add column is_deleted boolean not null default false,
    alter column rating drop not null,
    add constraint fact_reviews_whole_unless_deleted check (is_deleted or rating is not null);
comment on column warehouse.fact_reviews.is_deleted is 'Tombstone: the row is gone at its source; only its key and its version are kept.';

-- Empty between loads, so that they can be created anew in the order of the clean columns.
drop table staging.orders, staging.order_items, staging.payments, staging.refunds, staging.reviews;

create unlogged table staging.orders (
    id text collate "C" not null,
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
    is_deleted boolean not null,
    version_at timestamptz not null,
    source_row bigint not null
);
comment on table staging.orders is 'What a clean part of the stream orders looks like while a load merges it; stays empty.';

create unlogged table staging.order_items (
    id text collate "C" not null,
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
    is_deleted boolean not null,
    version_at timestamptz not null,
    source_row bigint not null
);
comment on table staging.order_items is 'What a clean part of the stream order_items looks like while a load merges it; stays empty.';

create unlogged table staging.payments (
    id text collate "C" not null,
    order_id text collate "C",
    method text,
    installments bigint,
    amount_minor bigint,
    currency text,
    paid_at timestamptz,
    updated_at timestamptz,
    is_deleted boolean not null,
    version_at timestamptz not null,
    source_row bigint not null
);
comment on table staging.payments is 'What a clean part of the stream payments looks like while a load merges it; stays empty.';

create unlogged table staging.refunds (
    id text collate "C" not null,
    order_id text collate "C",
    refund_group text collate "C",
    order_item_id text collate "C",
    quantity numeric,
    amount_minor bigint,
    currency text,
    refunded_at timestamptz,
    updated_at timestamptz,
    refunded_on date,
    is_deleted boolean not null,
    version_at timestamptz not null,
    source_row bigint not null
);
comment on table staging.refunds is 'What a clean part of the stream refunds looks like while a load merges it; stays empty.';

create unlogged table staging.reviews (
    id text collate "C" not null,
    order_id text collate "C",
    product_id text collate "C",
    rating bigint,
    reviewer_email_token text,
    created_at timestamptz,
    answered_at timestamptz,
    updated_at timestamptz,
    is_deleted boolean not null,
    version_at timestamptz not null,
    source_row bigint not null
);
comment on table staging.reviews is 'What a clean part of the stream reviews looks like while a load merges it; stays empty.';

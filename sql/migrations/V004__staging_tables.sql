-- One table per stream with exactly the columns of its clean files, in their order. A load empties it, copies one part into
-- it, merges and empties it again, all in one transaction; unlogged, since nothing in it outlives that transaction.

create unlogged table staging.customers (
    id text collate "C" not null,
    email_token text,
    phone_token text,
    city text,
    region text,
    postcode_area text,
    country text,
    created_at timestamptz,
    updated_at timestamptz,
    version_at timestamptz not null,
    source_row bigint not null
);
comment on table staging.customers is 'One clean part of the stream customers while it is being merged; else empty.';

create unlogged table staging.products (
    id text collate "C" not null,
    name text,
    sku text,
    category text,
    price_minor bigint,
    unit_cost_minor bigint,
    currency text,
    created_at timestamptz,
    updated_at timestamptz,
    version_at timestamptz not null,
    source_row bigint not null
);
comment on table staging.products is 'One clean part of the stream products while it is being merged; else empty.';

create unlogged table staging.sellers (
    id text collate "C" not null,
    city text,
    region text,
    postcode_area text,
    country text,
    updated_at timestamptz,
    version_at timestamptz not null,
    source_row bigint not null
);
comment on table staging.sellers is 'One clean part of the stream sellers while it is being merged; else empty.';

create unlogged table staging.orders (
    id text collate "C" not null,
    customer_id text collate "C",
    status text not null,
    currency text not null,
    ordered_at timestamptz not null,
    paid_at timestamptz,
    completed_at timestamptz,
    payment_method text,
    total_minor bigint,
    tax_minor bigint,
    shipping_minor bigint,
    discount_minor bigint,
    ship_city text,
    ship_region text,
    ship_postcode_area text,
    ship_country text,
    email_token text,
    updated_at timestamptz,
    ordered_on date not null,
    version_at timestamptz not null,
    source_row bigint not null
);
comment on table staging.orders is 'One clean part of the stream orders while it is being merged; else empty.';

create unlogged table staging.order_items (
    id text collate "C" not null,
    order_id text collate "C" not null,
    product_id text collate "C",
    seller_id text collate "C",
    name text,
    sku text,
    quantity bigint not null,
    unit_price_minor bigint not null,
    gross_minor bigint,
    discount_minor bigint,
    shipping_minor bigint,
    tax_minor bigint,
    line_cost_minor bigint,
    currency text not null,
    updated_at timestamptz,
    net_minor bigint not null,
    version_at timestamptz not null,
    source_row bigint not null
);
comment on table staging.order_items is 'One clean part of the stream order_items while it is being merged; else empty.';

create unlogged table staging.payments (
    id text collate "C" not null,
    order_id text collate "C" not null,
    method text,
    installments bigint,
    amount_minor bigint not null,
    currency text not null,
    paid_at timestamptz,
    updated_at timestamptz,
    version_at timestamptz not null,
    source_row bigint not null
);
comment on table staging.payments is 'One clean part of the stream payments while it is being merged; else empty.';

create unlogged table staging.refunds (
    id text collate "C" not null,
    order_id text collate "C" not null,
    order_item_id text collate "C",
    quantity bigint,
    amount_minor bigint not null,
    currency text not null,
    refunded_at timestamptz not null,
    updated_at timestamptz,
    refunded_on date not null,
    version_at timestamptz not null,
    source_row bigint not null
);
comment on table staging.refunds is 'One clean part of the stream refunds while it is being merged; else empty.';

create unlogged table staging.reviews (
    id text collate "C" not null,
    order_id text collate "C",
    product_id text collate "C",
    rating bigint not null,
    reviewer_email_token text,
    created_at timestamptz,
    answered_at timestamptz,
    updated_at timestamptz,
    version_at timestamptz not null,
    source_row bigint not null
);
comment on table staging.reviews is 'One clean part of the stream reviews while it is being merged; else empty.';

-- Besides: the products whose history a part changes, all versions as they will be.
create unlogged table staging.product_versions (
    product_id text collate "C" not null,
    name text,
    sku text,
    category text,
    price_minor bigint,
    unit_cost_minor bigint,
    currency text,
    created_at timestamptz,
    updated_at timestamptz,
    valid_from timestamptz not null,
    valid_to timestamptz not null,
    version_at timestamptz not null,
    run_id text collate "C" not null,
    part integer not null,
    source_row bigint not null,
    last_version_at timestamptz not null,
    last_run_id text collate "C" not null,
    last_part integer not null,
    last_source_row bigint not null
);
comment on table staging.product_versions is 'The histories that a part of the stream products changes, as they will be; else empty.';

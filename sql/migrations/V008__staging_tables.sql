-- What the clean parts of the streams look like. Loads stage into temporary tables like these.

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
comment on table staging.customers is 'What a clean part of the stream customers looks like while a load merges it; stays empty.';

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
comment on table staging.products is 'What a clean part of the stream products looks like while a load merges it; stays empty.';

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
comment on table staging.sellers is 'What a clean part of the stream sellers looks like while a load merges it; stays empty.';

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
    other_minor bigint,
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
comment on table staging.product_versions is 'What the histories look like that a part of the stream products changes; stays empty.';

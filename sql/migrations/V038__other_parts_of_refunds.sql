-- What a refund gives back beside goods, so that it can be held against what was paid.
alter table warehouse.fact_refunds add column if not exists other_minor bigint;
comment on column warehouse.fact_refunds.other_minor is 'Tax, shipping and fees that were given back beside the amount, where the shop tells them apart. In minor units of the currency.';

-- Empty between loads, so that it can be created anew in the order of the clean columns.
drop table staging.refunds;

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

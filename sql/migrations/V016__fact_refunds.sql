create table warehouse.fact_refunds (
    source text collate "C" not null,
    refund_id text collate "C" not null,
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
    is_deleted boolean not null default false,
    version_at timestamptz not null,
    run_id text collate "C" not null,
    part integer not null,
    source_row bigint not null,
    constraint fact_refunds_pk primary key (source, refund_id),
    constraint fact_refunds_whole_unless_deleted check (
        is_deleted
        or (
            order_id is not null
            and amount_minor is not null
            and currency is not null
            and refunded_at is not null
            and refunded_on is not null
        )
    )
);
create index fact_refunds_by_order on warehouse.fact_refunds (source, order_id);
comment on table warehouse.fact_refunds is 'One row per refund, or per refunded line: its newest known state.';
comment on column warehouse.fact_refunds.source is 'Name of the source that the row comes from.';
comment on column warehouse.fact_refunds.refund_id is 'The shop''s id of the refund, with the line''s where it refunds lines.';
comment on column warehouse.fact_refunds.order_id is 'The order that was refunded.';
comment on column warehouse.fact_refunds.refund_group is 'The shop''s id of the refund that the row is part of; null: the row''s own.';
comment on column warehouse.fact_refunds.order_item_id is 'The line; none where only an amount was refunded.';
comment on column warehouse.fact_refunds.quantity is 'Units that were returned.';
comment on column warehouse.fact_refunds.amount_minor is 'Refunded amount: of a line without tax, of the order with all that was charged. In minor units of the currency.';
comment on column warehouse.fact_refunds.other_minor is 'Refunded tax, shipping and fees that amount_minor does not contain, if the shop reports them. In minor units of the currency.';
comment on column warehouse.fact_refunds.currency is 'Currency of the amount.';
comment on column warehouse.fact_refunds.refunded_at is 'When it was refunded.';
comment on column warehouse.fact_refunds.updated_at is 'When the source last changed the row; orders its versions.';
comment on column warehouse.fact_refunds.refunded_on is 'Business date: the day of refunded_at in the shop''s time zone.';
comment on column warehouse.fact_refunds.is_deleted is 'Tombstone: the row was deleted at its source; only its key and its version are kept.';
comment on column warehouse.fact_refunds.version_at is 'Version of the row: the source''s updated_at, else the instant of extraction.';
comment on column warehouse.fact_refunds.run_id is 'Run that the row comes from.';
comment on column warehouse.fact_refunds.part is 'Part of the run that the row comes from.';
comment on column warehouse.fact_refunds.source_row is 'Number of the row in the raw part, from 1.';

create table warehouse.fact_payments (
    source text collate "C" not null,
    payment_id text collate "C" not null,
    order_id text collate "C",
    method text,
    installments bigint,
    amount_minor bigint,
    currency text,
    paid_at timestamptz,
    updated_at timestamptz,
    is_deleted boolean not null default false,
    version_at timestamptz not null,
    run_id text collate "C" not null,
    part integer not null,
    source_row bigint not null,
    constraint fact_payments_pk primary key (source, payment_id),
    constraint fact_payments_whole_unless_deleted check (
        is_deleted or (order_id is not null and amount_minor is not null and currency is not null)
    )
);
create index fact_payments_by_order on warehouse.fact_payments (source, order_id);
comment on table warehouse.fact_payments is 'One row per payment: its newest known state.';
comment on column warehouse.fact_payments.source is 'Name of the source that the row comes from.';
comment on column warehouse.fact_payments.payment_id is 'The shop''s id of the payment.';
comment on column warehouse.fact_payments.order_id is 'The order that was paid.';
comment on column warehouse.fact_payments.method is 'How it was paid.';
comment on column warehouse.fact_payments.installments is 'Number of instalments.';
comment on column warehouse.fact_payments.amount_minor is 'What was paid. In minor units of the currency.';
comment on column warehouse.fact_payments.currency is 'Currency of the amount.';
comment on column warehouse.fact_payments.paid_at is 'When it was paid.';
comment on column warehouse.fact_payments.updated_at is 'When the source last changed the row; orders its versions.';
comment on column warehouse.fact_payments.is_deleted is 'Tombstone: the row was deleted at its source; only its key and its version are kept.';
comment on column warehouse.fact_payments.version_at is 'Version of the row: the source''s updated_at, else the instant of extraction.';
comment on column warehouse.fact_payments.run_id is 'Run that the row comes from.';
comment on column warehouse.fact_payments.part is 'Part of the run that the row comes from.';
comment on column warehouse.fact_payments.source_row is 'Number of the row in the raw part, from 1.';

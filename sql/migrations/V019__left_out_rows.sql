-- Grain: one row per line, payment or refund that is in no figure, and per tombstone of an order.
create view analytics.left_out_rows as
with parts as (
    select
        source,
        'order_items' as stream,
        order_item_id as id,
        order_id,
        order_item_id as named_as,
        currency,
        is_deleted,
        version_at
    from warehouse.fact_order_items
    union all
    select source, 'payments', payment_id, order_id, payment_id, currency, is_deleted, version_at
    from warehouse.fact_payments
    union all
    select source, 'refunds', refund_id, order_id, coalesce(refund_group, refund_id), currency, is_deleted, version_at
    from warehouse.fact_refunds
),
judged as (
    select
        parts.source,
        parts.stream,
        parts.id,
        parts.order_id,
        case
            when parts.is_deleted then 'deleted'
            when orders.order_id is null then 'order_unknown'
            when orders.is_deleted then 'order_deleted'
            when not analytics.is_named(
                parts.named_as,
                case parts.stream
                    when 'order_items' then orders.item_ids
                    when 'payments' then orders.payment_ids
                    else orders.refund_ids
                end,
                parts.version_at,
                orders.version_at
            ) then 'not_in_order'
            when parts.currency <> orders.currency then 'other_currency'
        end as reason
    from parts
    left join warehouse.fact_orders as orders using (source, order_id)
)
select
    source,
    stream,
    id,
    order_id,
    reason
from judged
where reason is not null
union all
select
    source,
    'orders',
    order_id,
    order_id,
    'deleted'
from warehouse.fact_orders
where is_deleted;
comment on view analytics.left_out_rows is 'Rows that are in no figure, and why.';
comment on column analytics.left_out_rows.reason is 'deleted: no longer at its source. order_deleted: its order is deleted. not_in_order: its order no longer lists it. order_unknown: its order is not in the warehouse. other_currency: not in the currency of its order.';

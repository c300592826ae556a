-- The only definition of which lines, payments and refunds are part of an order. A row is left out of all figures if it is a
-- tombstone, if its order no longer lists it and is not older, if it is in another currency, or if its order is unknown or deleted.
-- The result does not depend on the sequence in which the rows arrived.
create function analytics.is_named(id text, ids text[], version_at timestamptz, order_version_at timestamptz) returns boolean
language sql immutable parallel safe
return ids is null or id = any (ids) or version_at > order_version_at;
comment on function analytics.is_named is 'Whether an order counts a row as its own: it lists the row, lists no such rows at all, or is older than the row.';

-- Grain: one row per line of an order, whatever the order's state, with what is the line's own and what its
-- order states.
create view analytics.live_lines as
select
    orders.source,
    orders.order_id,
    items.order_item_id,
    orders.status,
    orders.ordered_at,
    orders.ordered_on as business_date,
    coalesce(orders.ship_country, 'unknown') as country,
    coalesce(orders.ship_region, 'unknown') as region,
    items.product_id,
    items.seller_id,
    items.name,
    items.quantity,
    items.currency,
    coalesce(items.gross_minor, round(items.quantity * items.unit_price_minor)::bigint) as gross_minor,
    -- A discount never exceeds the amount that it is taken from.
    case
        when items.net_minor < 0 and coalesce(items.gross_minor, 0) >= 0 and items.quantity >= 0 then 0
        else items.net_minor
    end as discounted_minor,
    items.shipping_minor,
    items.tax_minor,
    items.line_cost_minor,
    items.line_cost_quantity,
    orders.discount_minor as order_discount_minor,
    orders.separate_discount_minor as order_separate_discount_minor,
    orders.total_minor as order_total_minor,
    orders.fees_minor as order_fees_minor,
    orders.shipping_minor as order_shipping_minor,
    orders.tax_minor as order_tax_minor
from warehouse.fact_orders as orders
inner join warehouse.fact_order_items as items
    on items.source = orders.source
    and items.order_id = orders.order_id
    and items.currency = orders.currency
where not orders.is_deleted
    and not items.is_deleted
    and analytics.is_named(items.order_item_id, orders.item_ids, items.version_at, orders.version_at);
comment on view analytics.live_lines is 'One row per line that is part of an order, whatever the order''s state, with what is the line''s own. What it has after the order''s discounts and refunds is in order_lines.';
comment on column analytics.live_lines.business_date is 'Day of the order in the shop''s time zone.';
comment on column analytics.live_lines.gross_minor is 'Quantity × unit price, or the line''s gross if the source reports it; without tax and shipping.';
comment on column analytics.live_lines.order_discount_minor is 'What the order states, and likewise the columns after it.';
comment on column analytics.live_lines.discounted_minor is 'Line after its own discount, before all else.';

-- Grain: one row per refund of an order or of one of its lines, whatever the order's state.
create view analytics.live_refunds as
select
    orders.source,
    orders.order_id,
    refunds.refund_id,
    refunds.order_item_id,
    refunds.quantity,
    refunds.amount_minor,
    refunds.other_minor,
    refunds.currency,
    refunds.refunded_at,
    refunds.refunded_on
from warehouse.fact_orders as orders
inner join warehouse.fact_refunds as refunds
    on refunds.source = orders.source
    and refunds.order_id = orders.order_id
    and refunds.currency = orders.currency
where not orders.is_deleted
    and not refunds.is_deleted
    and analytics.is_named(
        coalesce(refunds.refund_group, refunds.refund_id),
        orders.refund_ids,
        refunds.version_at,
        orders.version_at
    );
comment on view analytics.live_refunds is 'One row per refund that is part of an order, whatever the order''s state.';
comment on column analytics.live_refunds.amount_minor is 'Refunded amount: of a line without tax; of the order, with tax, shipping and fees.';
comment on column analytics.live_refunds.other_minor is 'Refunded tax, shipping and fees that amount_minor does not contain.';

-- Grain: one row per payment of an order, whatever the order's state.
create view analytics.live_payments as
select
    orders.source,
    orders.order_id,
    payments.payment_id,
    payments.method,
    payments.installments,
    payments.amount_minor,
    payments.currency,
    payments.paid_at
from warehouse.fact_orders as orders
inner join warehouse.fact_payments as payments
    on payments.source = orders.source
    and payments.order_id = orders.order_id
    and payments.currency = orders.currency
where not orders.is_deleted
    and not payments.is_deleted
    and analytics.is_named(payments.payment_id, orders.payment_ids, payments.version_at, orders.version_at);
comment on view analytics.live_payments is 'One row per payment that is part of an order, whatever the order''s state.';

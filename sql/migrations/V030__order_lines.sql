-- Grain: one row per line of an order, whatever the order's state. The one place that says what a line's gross, discount,
-- refunds and net are. A reader that leaves out the refunds' columns does not pay for them: PostgreSQL removes the join.
create view analytics.order_lines as
with line_refunds as (
    select
        source,
        order_id,
        order_item_id,
        sum(amount_minor)::bigint as refunded_minor
    from warehouse.fact_refunds
    where order_item_id is not null and not is_deleted
    group by source, order_id, order_item_id
),
lines as (
    select
        items.source,
        items.order_id,
        items.order_item_id,
        items.product_id,
        items.seller_id,
        items.name,
        items.quantity,
        items.currency,
        coalesce(items.gross_minor, round(items.quantity * items.unit_price_minor)::bigint) as gross_minor,
        items.net_minor as discounted_minor,
        coalesce(line_refunds.refunded_minor, 0) as refunded_minor,
        items.shipping_minor,
        items.line_cost_minor
    from warehouse.fact_order_items as items
    left join line_refunds
        on line_refunds.source = items.source
        and line_refunds.order_id = items.order_id
        and line_refunds.order_item_id = items.order_item_id
    where not items.is_deleted
)
select
    source,
    order_id,
    order_item_id,
    product_id,
    seller_id,
    name,
    quantity,
    currency,
    gross_minor,
    gross_minor - discounted_minor as discount_minor,
    refunded_minor,
    discounted_minor - refunded_minor as net_minor,
    shipping_minor,
    line_cost_minor
from lines;
comment on view analytics.order_lines is 'One row per order line, whatever the order''s state: gross sales - discounts - refunds of the line = net sales, in minor units, without tax.';
comment on column analytics.order_lines.gross_minor is 'Quantity × unit price, or the line''s gross where the source tells it; without tax and shipping.';
comment on column analytics.order_lines.discount_minor is 'Discounts on the line.';
comment on column analytics.order_lines.refunded_minor is 'Refunds of this line, whenever they were made.';
comment on column analytics.order_lines.net_minor is 'gross_minor - discount_minor - refunded_minor.';
comment on column analytics.order_lines.shipping_minor is 'Shipping without tax, where it is charged per line.';
comment on column analytics.order_lines.line_cost_minor is 'Cost of the whole line as first seen; null: unknown.';

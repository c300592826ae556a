-- Grain: one row per line of an order that counts as a sale. Discounts and refunds that concern an order as a whole are no
-- line's: they are in sales_orders only.
create view analytics.sales_items as
with sold as (
    select
        lines.source,
        lines.order_id,
        lines.order_item_id,
        orders.ordered_on as business_date,
        lines.product_id,
        coalesce(current_product.name, lines.name) as name,
        coalesce(current_product.category, 'unknown') as category,
        lines.currency,
        coalesce(orders.ship_country, 'unknown') as country,
        coalesce(orders.ship_region, 'unknown') as region,
        lines.quantity as units,
        lines.gross_minor,
        lines.net_minor,
        coalesce(lines.line_cost_minor, round(lines.quantity * product_then.unit_cost_minor)::bigint) as cost_minor
    from warehouse.fact_orders as orders
    inner join analytics.order_lines as lines using (source, order_id)
    left join warehouse.dim_products as current_product
        on current_product.source = lines.source
        and current_product.product_id = lines.product_id
        and current_product.is_current
    -- A unit cost in another currency than the line's says nothing about its profit.
    left join warehouse.dim_products as product_then
        on product_then.source = lines.source
        and product_then.product_id = lines.product_id
        and product_then.valid_from <= orders.ordered_at
        and product_then.valid_to > orders.ordered_at
        and coalesce(product_then.currency = lines.currency, true)
    where analytics.is_sale(orders.status)
)
select
    source,
    order_id,
    order_item_id,
    business_date,
    product_id,
    name,
    category,
    currency,
    country,
    region,
    units,
    gross_minor,
    net_minor,
    cost_minor,
    net_minor - cost_minor as profit_minor
from sold;
comment on view analytics.sales_items is 'One row per line of an order that counts as a sale. Discounts and refunds of an order as a whole are in sales_orders only.';
comment on column analytics.sales_items.business_date is 'Day of the order in the shop''s time zone.';
comment on column analytics.sales_items.name is 'Current name of the product, else its name when it was sold.';
comment on column analytics.sales_items.category is 'Current category of the product; unknown where there is none.';
comment on column analytics.sales_items.gross_minor is 'Line before discounts, without tax.';
comment on column analytics.sales_items.net_minor is 'Line after discounts and refunds of it, without tax.';
comment on column analytics.sales_items.cost_minor is 'The line''s own cost as first seen, else quantity × the unit cost that was valid when the order was placed. Null: unknown.';
comment on column analytics.sales_items.profit_minor is 'net_minor - cost_minor. Null: unknown, never zero.';

-- Grain: one row per line of an order that counts as a sale.
create view analytics.sales_items as
with sold as (
    select
        lines.*,
        coalesce(current_product.name, lines.name) as product_name,
        coalesce(current_product.category, 'unknown') as category,
        -- A returned unit has no cost.
        case
            when lines.units_returned = 0 or lines.quantity < 0 then lines.quantity
            else greatest(lines.quantity - lines.units_returned, 0)
        end as units_kept,
        product_then.unit_cost_minor
    from analytics.order_lines as lines
    left join warehouse.dim_products as current_product
        on current_product.source = lines.source
        and current_product.product_id = lines.product_id
        and current_product.is_current
    -- A unit cost in another currency than the line's does not give its profit.
    left join warehouse.dim_products as product_then
        on product_then.source = lines.source
        and product_then.product_id = lines.product_id
        and product_then.valid_from <= lines.ordered_at
        and product_then.valid_to > lines.ordered_at
        and coalesce(product_then.currency = lines.currency, true)
    where analytics.is_sale(lines.status)
),
costed as (
    select
        *,
        case
            when units_kept = line_cost_quantity then line_cost_minor
            when line_cost_quantity <> 0 then
                sign(units_kept * line_cost_quantity)
                * analytics.share(line_cost_minor, abs(units_kept), abs(line_cost_quantity))
            else round(units_kept * unit_cost_minor)
        end as cost_minor
    from sold
)
select
    source,
    order_id,
    order_item_id,
    business_date,
    product_id,
    product_name as name,
    category,
    currency,
    country,
    region,
    quantity as units,
    gross_minor,
    net_minor,
    cost_minor,
    net_minor - cost_minor as profit_minor,
    units_returned,
    discount_minor,
    refunded_minor,
    unallocated_refund_minor
from costed;
comment on view analytics.sales_items is 'One row per line of an order that counts as a sale, with its share of the discounts and refunds of the order.';
comment on column analytics.sales_items.business_date is 'Day of the order in the shop''s time zone.';
comment on column analytics.sales_items.name is 'Current name of the product, else its name when it was sold.';
comment on column analytics.sales_items.category is 'Current category of the product; unknown if there is none.';
comment on column analytics.sales_items.units is 'Units sold, including those that were returned.';
comment on column analytics.sales_items.gross_minor is 'Line before discounts, without tax.';
comment on column analytics.sales_items.net_minor is 'Line after discounts and refunds, without tax.';
comment on column analytics.sales_items.cost_minor is 'Cost of the units that were not returned: the line''s own as first seen, else the unit cost that was valid when the order was placed. Null: unknown.';
comment on column analytics.sales_items.profit_minor is 'net_minor - cost_minor. Null: unknown, never zero.';
comment on column analytics.sales_items.units_returned is 'Units of these that were returned; all of them where the order was refunded in full.';
comment on column analytics.sales_items.unallocated_refund_minor is 'The part of the order''s refunds that exceeds what is left of its lines, and so is allocated to none of them. The same on each line of the order.';
comment on column analytics.sales_items.source is 'Name of the source that the line comes from.';
comment on column analytics.sales_items.order_id is 'The order it is part of.';
comment on column analytics.sales_items.order_item_id is 'The shop''s id of the line.';
comment on column analytics.sales_items.product_id is 'The product; none where the shop deleted it.';
comment on column analytics.sales_items.currency is 'Currency of the amounts.';
comment on column analytics.sales_items.country is 'Country the order was sent to; unknown if not known.';
comment on column analytics.sales_items.region is 'Region the order was sent to; unknown if not known.';
comment on column analytics.sales_items.discount_minor is 'Discounts on the line, and its share of those of the order.';
comment on column analytics.sales_items.refunded_minor is 'Refunds of the line, and its share of those of the order, whenever they were made.';

-- Grain: one row per order that counts as a sale and has net sales that are allocated to none of its lines: it has no line, or
-- its refunds exceed what is left of them.
create view analytics.unallocated_sales as
with over_refunded as (
    select distinct
        source,
        order_id,
        - unallocated_refund_minor as net_minor
    from analytics.order_lines
    where unallocated_refund_minor <> 0
)
select
    sales.source,
    sales.order_id,
    sales.business_date,
    sales.currency,
    sales.country,
    sales.region,
    over_refunded.net_minor
from over_refunded
inner join analytics.sales_orders as sales using (source, order_id)
union all
select
    source,
    order_id,
    business_date,
    currency,
    country,
    region,
    net_minor
from analytics.sales_orders
where item_count = 0 and net_minor <> 0;
comment on view analytics.unallocated_sales is 'Net sales of orders that are allocated to no line: the net sales of sales_items and of unallocated_sales add up to those of sales_orders.';
comment on column analytics.unallocated_sales.source is 'Name of the source that the order comes from.';
comment on column analytics.unallocated_sales.order_id is 'The shop''s id of the order.';
comment on column analytics.unallocated_sales.business_date is 'Day of the order in the shop''s time zone.';
comment on column analytics.unallocated_sales.currency is 'Currency of the amount.';
comment on column analytics.unallocated_sales.country is 'Country the order was sent to; unknown if not known.';
comment on column analytics.unallocated_sales.region is 'Region the order was sent to; unknown if not known.';
comment on column analytics.unallocated_sales.net_minor is 'Net sales of the order that are allocated to no line; less than 0 if its refunds exceed what is left of its lines.';

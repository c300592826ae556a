-- Grain: one row per order that counts as a sale. Discounts are those of the lines; what an order states is taken only
-- where no line has any, since shops state the sum of the lines' again on the order.
create view analytics.sales_orders as
with line_totals as (
    select
        source,
        order_id,
        count(*) as item_count,
        sum(gross_minor)::bigint as gross_minor,
        sum(discount_minor)::bigint as discount_minor,
        sum(shipping_minor)::bigint as shipping_minor
    from analytics.order_lines
    group by source, order_id
),
-- A refund of a mere amount gives back goods, tax and shipping in the proportion in which the order charged them.
order_refunds as (
    select
        refunds.source,
        refunds.order_id,
        sum(
            case
                when refunds.order_item_id is null and orders.total_minor > 0 then
                    round(
                        refunds.amount_minor::numeric
                        * (orders.total_minor - coalesce(orders.tax_minor, 0) - coalesce(orders.shipping_minor, 0))
                        / orders.total_minor
                    )
                else refunds.amount_minor
            end
        )::bigint as refunded_minor
    from warehouse.fact_refunds as refunds
    left join warehouse.fact_orders as orders using (source, order_id)
    where not refunds.is_deleted
    group by refunds.source, refunds.order_id
),
sales as (
    select
        orders.source,
        orders.order_id,
        orders.customer_id,
        orders.currency,
        orders.ordered_on as business_date,
        coalesce(orders.ship_country, 'unknown') as country,
        coalesce(orders.ship_region, 'unknown') as region,
        orders.ship_postcode_area as postcode_area,
        orders.status,
        coalesce(line_totals.gross_minor, 0) as gross_minor,
        coalesce(nullif(line_totals.discount_minor, 0), orders.discount_minor, 0) as discount_minor,
        coalesce(order_refunds.refunded_minor, 0) as refunded_minor,
        coalesce(orders.shipping_minor, 0) + coalesce(line_totals.shipping_minor, 0) as shipping_minor,
        coalesce(line_totals.item_count, 0) as item_count
    from warehouse.fact_orders as orders
    left join line_totals using (source, order_id)
    left join order_refunds using (source, order_id)
    where analytics.is_sale(orders.status)
)
select
    source,
    order_id,
    customer_id,
    currency,
    business_date,
    country,
    region,
    postcode_area,
    status,
    gross_minor,
    discount_minor,
    refunded_minor,
    gross_minor - discount_minor - refunded_minor as net_minor,
    shipping_minor,
    item_count
from sales;
comment on view analytics.sales_orders is 'One row per order that counts as a sale; gross sales - discounts - refunds = net sales, in minor units, without tax.';
comment on column analytics.sales_orders.business_date is 'Day of the order in the shop''s time zone.';
comment on column analytics.sales_orders.country is 'Country it was sent to; unknown where not told.';
comment on column analytics.sales_orders.region is 'Region it was sent to; unknown where not told.';
comment on column analytics.sales_orders.gross_minor is 'Lines before discounts, without tax and shipping.';
comment on column analytics.sales_orders.discount_minor is 'Discounts of the lines, else of the order.';
comment on column analytics.sales_orders.refunded_minor is 'All refunds of the order, whenever they were made: of lines, and of mere amounts in the share that goods have in the order''s total.';
comment on column analytics.sales_orders.net_minor is 'gross_minor - discount_minor - refunded_minor.';
comment on column analytics.sales_orders.shipping_minor is 'Shipping without tax, of the order and of its lines.';

-- The only definition of what is an order. A return whose sale is unknown, or a discount given later, is mapped as an order that has
-- only the refund: the refund counts, but not the order.
create function analytics.is_order(
    item_count bigint, refund_count bigint, total numeric, discount numeric, separate numeric, fees numeric, shipping numeric, tax numeric
)
returns boolean
language sql immutable parallel safe
return item_count > 0
    or refund_count = 0
    or coalesce(total, 0) <> 0
    or coalesce(discount, 0) <> 0
    or coalesce(separate, 0) <> 0
    or fees <> 0
    or shipping <> 0
    or tax <> 0;
comment on function analytics.is_order is 'Whether something was ordered: false for a standalone refund, which has refunds, but neither lines nor any amount.';

-- Grain: one row per order that counts as a sale, and per standalone refund.
create view analytics.sales_orders as
with line_totals as (
    select
        source,
        order_id,
        count(*) as item_count,
        sum(gross_minor) as gross_minor,
        sum(discounted_minor) as discounted_minor,
        sum(shipping_minor) as shipping_minor,
        sum(tax_minor) as tax_minor
    from analytics.live_lines
    group by source, order_id
),
order_refunds as (
    select
        source,
        order_id,
        count(*) as refund_count,
        coalesce(sum(amount_minor) filter (where order_item_id is null), 0) as of_order_minor,
        coalesce(sum(amount_minor) filter (where order_item_id is not null), 0) as of_lines_minor,
        coalesce(sum(other_minor), 0) as other_minor
    from analytics.live_refunds
    group by source, order_id
),
sums as (
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
        orders.discount_minor as stated_discount_minor,
        orders.separate_discount_minor,
        orders.total_minor,
        coalesce(orders.fees_minor, 0) as fees_minor,
        coalesce(line_totals.gross_minor, 0) as gross_minor,
        coalesce(line_totals.gross_minor - line_totals.discounted_minor, 0) as line_discount_minor,
        coalesce(orders.shipping_minor, 0) + coalesce(line_totals.shipping_minor, 0) as shipping_minor,
        coalesce(orders.tax_minor, line_totals.tax_minor, 0) as tax_minor,
        coalesce(line_totals.item_count, 0) as item_count,
        coalesce(order_refunds.refund_count, 0) as refund_count,
        coalesce(order_refunds.of_order_minor, 0) as of_order_minor,
        coalesce(order_refunds.of_lines_minor, 0) as of_lines_minor,
        coalesce(order_refunds.other_minor, 0) as other_minor
    from warehouse.fact_orders as orders
    left join line_totals using (source, order_id)
    left join order_refunds using (source, order_id)
    where analytics.is_sale(orders.status)
),
discounted as (
    select
        *,
        line_discount_minor
        + case
            when stated_discount_minor > 0 or separate_discount_minor > 0 then
                analytics.discount_beyond_lines(
                    stated_discount_minor,
                    separate_discount_minor,
                    gross_minor,
                    line_discount_minor
                )
            else 0
        end as discount_minor
    from sums
),
refunded as (
    select
        *,
        of_lines_minor
        + case
            when of_order_minor = 0 then 0
            else analytics.goods_of_refunds(
                of_order_minor,
                of_lines_minor,
                other_minor,
                gross_minor - discount_minor,
                total_minor,
                analytics.charged(total_minor, gross_minor - discount_minor, fees_minor, shipping_minor, tax_minor)
            )
        end as refunded_minor
    from discounted
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
    item_count,
    fees_minor,
    tax_minor,
    total_minor,
    of_order_minor + of_lines_minor + other_minor - refunded_minor as refunded_other_minor,
    gross_minor - discount_minor + fees_minor + shipping_minor + tax_minor
    - of_order_minor - of_lines_minor - other_minor as kept_minor,
    analytics.is_order(
        item_count,
        refund_count,
        total_minor,
        stated_discount_minor,
        separate_discount_minor,
        fees_minor,
        shipping_minor,
        tax_minor
    ) as is_order
from refunded;
comment on view analytics.sales_orders is 'One row per order that counts as a sale, and per standalone refund; gross sales - discounts - refunds = net sales, in minor units, without tax.';
comment on column analytics.sales_orders.business_date is 'Day of the order in the shop''s time zone.';
comment on column analytics.sales_orders.country is 'Country it was sent to; unknown if not known.';
comment on column analytics.sales_orders.region is 'Region it was sent to; unknown if not known.';
comment on column analytics.sales_orders.gross_minor is 'Lines before discounts, without tax and shipping.';
comment on column analytics.sales_orders.discount_minor is 'The order''s total of discounts, those of its lines included, and a discount beside them; never more than the goods.';
comment on column analytics.sales_orders.refunded_minor is 'Refunds of goods, whenever they were made: of lines, and, of amounts of the order, the share that goods have in its total.';
comment on column analytics.sales_orders.net_minor is 'gross_minor - discount_minor - refunded_minor. Less than 0 if more was refunded than was sold.';
comment on column analytics.sales_orders.shipping_minor is 'Shipping without tax, of the order and of its lines.';
comment on column analytics.sales_orders.item_count is 'Lines of the order.';
comment on column analytics.sales_orders.fees_minor is 'Fees without tax; in neither gross nor net sales. Less than 0: credit.';
comment on column analytics.sales_orders.tax_minor is 'Tax of the order, if the shop reports it.';
comment on column analytics.sales_orders.total_minor is 'What the order cost its customer, as the shop reports it.';
comment on column analytics.sales_orders.refunded_other_minor is 'Refunds of fees, shipping and tax.';
comment on column analytics.sales_orders.kept_minor is 'net_minor + fees_minor + shipping_minor + tax_minor - refunded_other_minor: what was paid less all refunds.';
comment on column analytics.sales_orders.is_order is 'False for a standalone refund: it has neither lines nor amounts, only refunds. These count, but no figure counts it as an order.';
comment on column analytics.sales_orders.source is 'Name of the source that the order comes from.';
comment on column analytics.sales_orders.order_id is 'The shop''s id of the order.';
comment on column analytics.sales_orders.customer_id is 'Who ordered; none for a guest without e-mail address.';
comment on column analytics.sales_orders.currency is 'Currency of all amounts of the order.';
comment on column analytics.sales_orders.postcode_area is 'Area of the postcode it was sent to; null if not known.';
comment on column analytics.sales_orders.status is 'State of the order.';

-- Grain: one row per refund of an order that counts as a sale: the same refunds as in sales_orders, by their own date.
create view analytics.sales_refunds as
with refunds as (
    select
        live_refunds.source,
        live_refunds.order_id,
        live_refunds.refund_id,
        live_refunds.order_item_id,
        live_refunds.refunded_on,
        live_refunds.currency,
        live_refunds.amount_minor,
        coalesce(live_refunds.other_minor, 0) as other_minor,
        sales.business_date,
        greatest(sales.gross_minor - sales.discount_minor, 0) as goods_minor,
        analytics.charged(
            sales.total_minor,
            sales.gross_minor - sales.discount_minor,
            sales.fees_minor,
            sales.shipping_minor,
            sales.tax_minor
        ) as charged_minor,
        sales.refunded_minor as order_refunded_minor,
        live_refunds.order_item_id is null as is_of_order,
        sum(live_refunds.amount_minor) filter (where live_refunds.order_item_id is not null)
            over (partition by live_refunds.source, live_refunds.order_id) as of_lines_minor,
        sum(live_refunds.amount_minor) over in_time as running_minor,
        lead(live_refunds.refund_id) over in_time is null as is_last
    from analytics.live_refunds
    inner join analytics.sales_orders as sales using (source, order_id)
    window in_time as (
        partition by live_refunds.source, live_refunds.order_id, live_refunds.order_item_id is null
        order by live_refunds.refunded_on, live_refunds.refunded_at, live_refunds.refund_id
        rows unbounded preceding
    )
),
goods as (
    select
        *,
        -- The last one has what is left of the order's, so that the parts add up.
        case
            when not is_of_order then amount_minor
            when charged_minor > 0 then
                case
                    when is_last then order_refunded_minor - coalesce(of_lines_minor, 0)
                    else analytics.share(running_minor, goods_minor, charged_minor)
                end
                - analytics.share(running_minor - amount_minor, goods_minor, charged_minor)
            else amount_minor
        end as refunded_minor
    from refunds
)
select
    source,
    order_id,
    refund_id,
    order_item_id,
    refunded_on,
    business_date,
    currency,
    refunded_minor,
    amount_minor + other_minor - refunded_minor as refunded_other_minor
from goods;
comment on view analytics.sales_refunds is 'One row per refund of an order that counts as a sale.';
comment on column analytics.sales_refunds.refunded_on is 'Day of the refund in the shop''s time zone.';
comment on column analytics.sales_refunds.business_date is 'Day of the order in the shop''s time zone.';
comment on column analytics.sales_refunds.refunded_minor is 'Refunds of goods.';
comment on column analytics.sales_refunds.refunded_other_minor is 'Refunds of fees, shipping and tax.';
comment on column analytics.sales_refunds.source is 'Name of the source that the refund comes from.';
comment on column analytics.sales_refunds.order_id is 'The order that was refunded.';
comment on column analytics.sales_refunds.refund_id is 'The shop''s id of the refund, with the line''s where it refunds lines.';
comment on column analytics.sales_refunds.order_item_id is 'The line; none where an amount of the order was refunded.';
comment on column analytics.sales_refunds.currency is 'Currency of the amounts.';

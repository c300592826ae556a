-- Shares and averages as exact numbers: a quotient of numerics has no more than some 16 digits, and rounding it again may go the
-- wrong way where amounts are large.
create function analytics.quotient(part numeric, whole numeric, decimals integer) returns numeric
language sql immutable parallel safe
return round(
    sign(part) * sign(whole)
    * div(2 * abs(part) * power(10::numeric, decimals) + abs(whole), 2 * nullif(abs(whole), 0))
    / power(10::numeric, decimals),
    decimals
);
comment on function analytics.quotient is 'part / whole, rounded to so many decimals, exactly, halves away from 0; null where the whole is 0.';

-- As of the last closed run of each source. A view that reads a mart shows the sources that marts.sources lists: others are being filled.
create view analytics.sales_monthly as
select
    source,
    date_trunc('month', business_date::timestamp)::date as month,
    currency,
    sum(orders)::bigint as orders,
    sum(gross_minor) as gross_minor,
    sum(net_minor) as net_minor,
    sum(shipping_minor) as shipping_minor,
    sum(orders - orders_with_lines)::bigint as orders_without_lines,
    sum(discount_minor) as discount_minor,
    sum(refunded_minor) as refunded_minor,
    sum(fees_minor) as fees_minor,
    sum(tax_minor) as tax_minor,
    sum(refunded_other_minor) as refunded_other_minor,
    sum(kept_minor) as kept_minor
from marts.sums_by_day
where source in (select sources.source from marts.sources)
group by source, date_trunc('month', business_date::timestamp)::date, currency;
comment on view analytics.sales_monthly is 'Sales by month of the business date. Months without sales have no row.';
comment on column analytics.sales_monthly.month is 'First day of the month.';
comment on column analytics.sales_monthly.net_minor is 'gross sales - discounts - refunds, by the date of the order.';
comment on column analytics.sales_monthly.shipping_minor is 'Shipping without tax; in neither gross nor net sales.';
comment on column analytics.sales_monthly.orders_without_lines is 'Orders of these without any line; averages leave them out.';
comment on column analytics.sales_monthly.fees_minor is 'Fees without tax; in neither gross nor net sales.';
comment on column analytics.sales_monthly.refunded_other_minor is 'Refunds of fees, shipping and tax.';
comment on column analytics.sales_monthly.kept_minor is 'What was paid less all refunds: net sales, fees, shipping and tax, less refunds of the latter three.';

create view analytics.sales_monthly_by_refund_date as
with bookings as (
    select
        source,
        business_date as booked_on,
        currency,
        gross_minor,
        discount_minor,
        0::numeric as refunded_minor
    from marts.sales_orders
    union all
    select
        source,
        refunded_on,
        currency,
        0,
        0,
        refunded_minor
    from marts.sales_refunds
)
select
    source,
    date_trunc('month', booked_on::timestamp)::date as month,
    currency,
    sum(gross_minor) as gross_minor,
    sum(discount_minor) as discount_minor,
    sum(refunded_minor) as refunded_minor,
    sum(gross_minor - discount_minor - refunded_minor) as net_minor
from bookings
where source in (select sources.source from marts.sources)
group by source, date_trunc('month', booked_on::timestamp)::date, currency;
comment on view analytics.sales_monthly_by_refund_date is 'Sales by month, where each refund counts in the month in which it was made. Over all months it is what sales_monthly is.';
comment on column analytics.sales_monthly_by_refund_date.month is 'First day of the month.';
comment on column analytics.sales_monthly_by_refund_date.refunded_minor is 'Refunds of goods that were made in the month, of orders of any month.';

-- Lines of products that the shop has deleted have no product id; their names keep them apart.
create view analytics.product_sales as
select
    source,
    product_id,
    max(name) as name,
    max(category) as category,
    currency,
    sum(units) as units,
    count(distinct order_id) as orders,
    sum(net_minor) as net_minor,
    sum(profit_minor) as profit_minor,
    sum(units_returned) as units_returned,
    sum(abs(net_minor)) as unsigned_net_minor,
    coalesce(sum(abs(net_minor)) filter (where cost_minor is not null), 0) as covered_net_minor,
    sum(gross_minor) as gross_minor,
    sum(discount_minor) as discount_minor,
    sum(refunded_minor) as refunded_minor,
    sum(cost_minor) as cost_minor
from marts.sales_items
where source in (select sources.source from marts.sources)
group by source, product_id, case when product_id is null then name end, currency;
comment on view analytics.product_sales is 'Sales of each product that was sold.';
comment on column analytics.product_sales.product_id is 'Null for lines of products that the shop has deleted.';
comment on column analytics.product_sales.units is 'Units sold, including those that were returned.';
comment on column analytics.product_sales.profit_minor is 'Profit of the lines whose cost is known; null if no line has a known cost.';
comment on column analytics.product_sales.units_returned is 'Units of these that were returned.';
comment on column analytics.product_sales.unsigned_net_minor is 'Sum of the net sales of its lines, each without its sign.';
comment on column analytics.product_sales.covered_net_minor is 'The part of unsigned_net_minor that is of lines whose cost is known: those that profit_minor covers.';
comment on column analytics.product_sales.gross_minor is 'Gross sales of its lines, in minor units.';
comment on column analytics.product_sales.discount_minor is 'Discounts on them, in minor units.';
comment on column analytics.product_sales.refunded_minor is 'Refunds of them, whenever they were made, in minor units.';
comment on column analytics.product_sales.cost_minor is 'Cost of the lines whose cost is known, in minor units; null where none is.';

-- Refunds of an order are spread over its lines as a whole. Here the part that a line has of them is spread over the refunds in time,
-- in proportion to their goods, as the difference of two rounded running shares. The windows' partitions name the columns by which
-- readers choose: PostgreSQL chooses first.
create view analytics.sales_item_refunds as
with refunded as (
    select
        items.source,
        items.order_id,
        items.order_item_id,
        items.product_id,
        items.currency,
        items.business_date,
        items.refunded_minor as line_refunded_minor,
        refunds.refund_id,
        refunds.refunded_on,
        refunds.refunded_minor,
        refunds.order_item_id is not distinct from items.order_item_id as is_of_line
    from marts.sales_items as items
    inner join marts.sales_refunds as refunds
        on refunds.source = items.source
        and refunds.order_id = items.order_id
        -- A refund of a line that the order does not have is one of the order.
        and (
            refunds.order_item_id is null
            or refunds.order_item_id = items.order_item_id
            or not exists (
                select
                from marts.sales_items as others
                where others.source = refunds.source
                    and others.order_id = refunds.order_id
                    and others.order_item_id = refunds.order_item_id
            )
        )
    where items.refunded_minor <> 0 and items.source in (select sources.source from marts.sources)
),
running as (
    select
        *,
        line_refunded_minor - coalesce(sum(refunded_minor) filter (where is_of_line) over of_line, 0) as share_minor,
        sum(refunded_minor) over of_kind as all_minor,
        sum(refunded_minor) over in_time as running_minor,
        lead(refund_id) over in_time is null as is_last
    from refunded
    window
        of_line as (partition by source, product_id, order_id, order_item_id),
        of_kind as (partition by source, product_id, order_id, order_item_id, is_of_line),
        in_time as (
            partition by source, product_id, order_id, order_item_id, is_of_line
            order by refunded_on, refund_id
            rows unbounded preceding
        )
),
spread as (
    select
        *,
        case
            when is_of_line then refunded_minor
            else
                case
                    when is_last then share_minor
                    else sign(share_minor) * analytics.share(abs(share_minor), running_minor, all_minor)
                end
                - sign(share_minor) * analytics.share(abs(share_minor), running_minor - refunded_minor, all_minor)
        end as of_line_minor
    from running
)
select
    source,
    order_id,
    order_item_id,
    refund_id,
    product_id,
    refunded_on,
    business_date,
    currency,
    of_line_minor as refunded_minor
from spread
where of_line_minor <> 0;
comment on view analytics.sales_item_refunds is 'One row per refund and line that it reduces: refunds of the line, and its part of those of the order. Of each line they add up to refunded_minor of sales_items.';
comment on column analytics.sales_item_refunds.source is 'Name of the source.';
comment on column analytics.sales_item_refunds.order_id is 'The order that was refunded.';
comment on column analytics.sales_item_refunds.order_item_id is 'The line.';
comment on column analytics.sales_item_refunds.refund_id is 'The shop''s id of the refund, with the line''s where it refunds lines.';
comment on column analytics.sales_item_refunds.product_id is 'The product of the line; null for lines of products that the shop has deleted.';
comment on column analytics.sales_item_refunds.refunded_on is 'Day of the refund in the shop''s time zone.';
comment on column analytics.sales_item_refunds.business_date is 'Day of the order in the shop''s time zone.';
comment on column analytics.sales_item_refunds.currency is 'Currency of the amount.';
comment on column analytics.sales_item_refunds.refunded_minor is 'Refunds of goods.';

create view analytics.category_sales as
select
    source,
    category,
    currency,
    sum(units) as units,
    sum(net_minor) as net_minor,
    sum(units_returned) as units_returned
from marts.sums_by_category
where source in (select sources.source from marts.sources)
group by source, category, currency;
comment on view analytics.category_sales is 'Sales of each category; products without one are unknown.';
comment on column analytics.category_sales.units is 'Units sold, including those that were returned.';

create view analytics.region_sales as
select
    source,
    country,
    region,
    currency,
    count(*) filter (where is_order) as orders,
    count(distinct customer_id) filter (where is_order) as customers,
    sum(net_minor) as net_minor
from marts.sales_orders
where source in (select sources.source from marts.sources)
group by source, country, region, currency;
comment on view analytics.region_sales is 'Sales by where the orders were sent to.';

create view analytics.postcode_area_sales as
select
    source,
    country,
    coalesce(postcode_area, 'unknown') as postcode_area,
    currency,
    count(*) filter (where is_order) as orders,
    count(distinct customer_id) filter (where is_order) as customers,
    sum(net_minor) as net_minor
from marts.sales_orders
where source in (select sources.source from marts.sources)
group by source, country, coalesce(postcode_area, 'unknown'), currency;
comment on view analytics.postcode_area_sales is 'Sales by the area of the postcode that the orders were sent to.';
comment on column analytics.postcode_area_sales.postcode_area is 'In the UK the leading letters of the postcode, elsewhere its first two letters or digits; unknown if not known.';

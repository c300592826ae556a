-- Figures of a whole order as functions of sums, so that the views of orders and those of lines share one definition.

create function analytics.share(amount numeric, part numeric, whole numeric) returns numeric
language sql immutable parallel safe
return coalesce(div(2 * amount * part + whole, 2 * nullif(whole, 0)), 0);
comment on function analytics.share is 'amount × part / whole, none of them less than 0, rounded half up to a whole number, exactly; 0 where the whole is 0. Short, so that PostgreSQL makes it part of the query.';

create function analytics.discount_beyond_lines(discount numeric, separate numeric, gross numeric, of_lines numeric)
returns numeric
language sql immutable parallel safe
return least(
    greatest(coalesce(discount, 0) - of_lines, 0) + greatest(coalesce(separate, 0), 0),
    greatest(gross - of_lines, 0)
);
comment on function analytics.discount_beyond_lines is 'What an order''s discounts are more than those of its lines, as far as the goods reach: greatest(discount, Σ of lines) + separate - Σ of lines.';

create function analytics.charged(total numeric, goods numeric, fees numeric, shipping numeric, tax numeric)
returns numeric
language sql immutable parallel safe
return coalesce(total, goods + coalesce(fees, 0) + coalesce(shipping, 0) + coalesce(tax, 0));
comment on function analytics.charged is 'What an order cost its customer: its total if the shop reports it, else the sum of its parts.';

create function analytics.goods_of_refunds(
    of_order numeric, of_lines numeric, other numeric, goods numeric, total numeric, charged numeric
)
returns numeric
language sql immutable parallel safe
return case
    when of_order = 0 then 0
    -- Everything was refunded, including the goods, whatever was rounded on the way.
    when total > 0 and of_order + of_lines + other = total then greatest(goods - of_lines, 0)
    when charged > 0 then analytics.share(of_order, greatest(goods, 0), charged)
    else of_order
end;
comment on function analytics.goods_of_refunds is 'Of refunds of an amount of the order, the share that is goods: as large as that of the goods in what was charged. Everything, where nothing was.';

-- Grain: one row per line of an order, in any state. The only definition of a line's gross sales, discounts, refunds and net sales.
-- Only orders with a discount of their own or with refunds are allocated to lines, since it is slow. The allocation is exact: a line
-- gets the difference of two rounded running shares, in the order of the lines' ids. The windows partition by all columns of an order
-- that readers filter by, so that PostgreSQL applies the filter first.
create view analytics.order_lines as
with order_refunds as not materialized (
    select
        source,
        order_id,
        coalesce(sum(amount_minor) filter (where order_item_id is null), 0) as of_order_minor,
        coalesce(sum(amount_minor) filter (where order_item_id is not null), 0) as of_lines_minor,
        coalesce(sum(other_minor), 0) as other_minor
    from analytics.live_refunds
    group by source, order_id
),
line_refunds as (
    select
        source,
        order_id,
        order_item_id,
        sum(amount_minor) as refunded_minor,
        coalesce(sum(quantity), 0) as units_returned
    from analytics.live_refunds
    where order_item_id is not null
    group by source, order_id, order_item_id
),
-- Two branches, so that PostgreSQL does not search the refunds of each order.
concerned as (
    select
        live_lines.*,
        coalesce(order_refunds.of_order_minor, 0) as of_order_minor,
        coalesce(order_refunds.of_lines_minor, 0) as of_lines_minor,
        coalesce(order_refunds.other_minor, 0) as other_minor
    from analytics.live_lines
    left join order_refunds using (source, order_id)
    where live_lines.order_discount_minor > 0 or live_lines.order_separate_discount_minor > 0
    union all
    select
        live_lines.*,
        order_refunds.of_order_minor,
        order_refunds.of_lines_minor,
        order_refunds.other_minor
    from analytics.live_lines
    inner join order_refunds using (source, order_id)
    where (live_lines.order_discount_minor > 0 or live_lines.order_separate_discount_minor > 0) is not true
),
with_refunds as (
    select
        concerned.*,
        greatest(concerned.discounted_minor, 0) as weight_minor,
        coalesce(line_refunds.refunded_minor, 0) as line_refunded_minor,
        coalesce(line_refunds.units_returned, 0) as line_units_returned
    from concerned
    left join line_refunds using (source, order_id, order_item_id)
),
of_orders as (
    select
        *,
        sum(gross_minor) over of_order as order_gross_minor,
        sum(gross_minor - discounted_minor) over of_order as line_discounts_minor,
        coalesce(order_shipping_minor, 0) + coalesce(sum(shipping_minor) over of_order, 0) as all_shipping_minor,
        coalesce(order_tax_minor, sum(tax_minor) over of_order) as all_tax_minor,
        sum(weight_minor) over of_order as all_weight_minor,
        sum(weight_minor) over up_to_line as running_weight_minor
    from with_refunds
    window
        of_order as (partition by source, order_id, business_date, currency, status, country, region),
        up_to_line as (partition by source, order_id, business_date, currency, status, country, region order by order_item_id rows unbounded preceding)
),
discounts as (
    select
        *,
        analytics.discount_beyond_lines(
            order_discount_minor,
            order_separate_discount_minor,
            order_gross_minor,
            line_discounts_minor
        ) as beyond_lines_minor
    from of_orders
),
discounted as (
    select
        *,
        order_gross_minor - line_discounts_minor - beyond_lines_minor as goods_minor,
        discounted_minor
        - analytics.share(beyond_lines_minor, running_weight_minor, all_weight_minor)
        + lag(analytics.share(beyond_lines_minor, running_weight_minor, all_weight_minor), 1, 0::numeric) over up_to_line
            as before_refunds_minor
    from discounts
    window up_to_line as (partition by source, order_id, business_date, currency, status, country, region order by order_item_id)
),
refunds as (
    select
        *,
        of_lines_minor
        + analytics.goods_of_refunds(
            of_order_minor,
            of_lines_minor,
            other_minor,
            goods_minor,
            order_total_minor,
            analytics.charged(order_total_minor, goods_minor, order_fees_minor, all_shipping_minor, all_tax_minor)
        ) as order_refunded_minor,
        greatest(before_refunds_minor - line_refunded_minor, 0) as left_minor
    from discounted
),
left_over as (
    select
        *,
        order_refunded_minor - sum(line_refunded_minor) over of_order as of_no_line_minor,
        sum(left_minor) over of_order as all_left_minor,
        sum(before_refunds_minor - line_refunded_minor) over of_order as all_net_minor,
        sum(left_minor) over up_to_line as running_left_minor
    from refunds
    window
        of_order as (partition by source, order_id, business_date, currency, status, country, region),
        up_to_line as (partition by source, order_id, business_date, currency, status, country, region order by order_item_id rows unbounded preceding)
),
spread as (
    select
        *,
        case when is_of_all then of_no_line_minor else greatest(least(of_no_line_minor, all_left_minor), 0) end as spread_minor
    from left_over
    -- A refund of all that is left refunds each line, even a negative one.
    cross join lateral (select of_no_line_minor > 0 and of_no_line_minor = all_net_minor as is_of_all) as extent
),
shared as (
    select
        *,
        case
            when is_of_all then before_refunds_minor - line_refunded_minor
            else
                analytics.share(spread_minor, running_left_minor, all_left_minor)
                - lag(analytics.share(spread_minor, running_left_minor, all_left_minor), 1, 0::numeric) over up_to_line
        end as refund_share_minor
    from spread
    window up_to_line as (partition by source, order_id, business_date, currency, status, country, region order by order_item_id)
)
select
    source,
    order_id,
    order_item_id,
    status,
    ordered_at,
    business_date,
    country,
    region,
    product_id,
    seller_id,
    name,
    quantity,
    case
        when order_refunded_minor > 0 and order_refunded_minor >= goods_minor
            or order_total_minor > 0 and of_order_minor + of_lines_minor + other_minor >= order_total_minor then
            greatest(quantity, line_units_returned)
        else line_units_returned
    end as units_returned,
    currency,
    gross_minor,
    gross_minor - before_refunds_minor as discount_minor,
    line_refunded_minor + refund_share_minor as refunded_minor,
    before_refunds_minor - line_refunded_minor - refund_share_minor as net_minor,
    shipping_minor,
    tax_minor,
    line_cost_minor,
    line_cost_quantity,
    of_no_line_minor - spread_minor as unallocated_refund_minor
from shared
union all
select
    source,
    order_id,
    order_item_id,
    status,
    ordered_at,
    business_date,
    country,
    region,
    product_id,
    seller_id,
    name,
    quantity,
    0,
    currency,
    gross_minor,
    gross_minor - discounted_minor,
    0,
    discounted_minor,
    shipping_minor,
    tax_minor,
    line_cost_minor,
    line_cost_quantity,
    0
from analytics.live_lines
where (order_discount_minor > 0 or order_separate_discount_minor > 0) is not true
    and not exists (
        select
        from analytics.live_refunds as refunds
        where refunds.source = live_lines.source and refunds.order_id = live_lines.order_id
    );
comment on view analytics.order_lines is 'One row per line that is part of an order, whatever the order''s state: gross sales - discounts - refunds = net sales, in minor units, without tax.';
comment on column analytics.order_lines.business_date is 'Day of the order in the shop''s time zone.';
comment on column analytics.order_lines.quantity is 'Units sold, including those that were returned.';
comment on column analytics.order_lines.units_returned is 'Units of these that were returned; all of them where the order was refunded in full.';
comment on column analytics.order_lines.gross_minor is 'Quantity × unit price, or the line''s gross if the source reports it; without tax and shipping.';
comment on column analytics.order_lines.discount_minor is 'Discounts on the line, and its share of those of the order: in proportion to what its lines cost after their own.';
comment on column analytics.order_lines.refunded_minor is 'Refunds of the line, and its share of those of the order, whenever they were made: in proportion to what is left of its lines.';
comment on column analytics.order_lines.net_minor is 'gross_minor - discount_minor - refunded_minor.';
comment on column analytics.order_lines.shipping_minor is 'Shipping without tax, where it is charged per line.';
comment on column analytics.order_lines.tax_minor is 'Tax on the line.';
comment on column analytics.order_lines.line_cost_minor is 'Cost of line_cost_quantity units as first seen; null: unknown.';
comment on column analytics.order_lines.unallocated_refund_minor is 'The part of the order''s refunds that exceeds what is left of its lines, and so is allocated to none of them. The same on each line of the order.';

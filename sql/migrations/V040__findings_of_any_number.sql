-- As before, with messages that are right before one row too.
create or replace function etl.findings_of(source_name text)
returns table (rule text, stream text, rows bigint, example text, message text, fails_run boolean)
language sql stable
-- Few sources make the planner take most rows for one; each of these looks at all rows of a source anyway.
set enable_nestloop = off
as $$
    with left_out as (
        select
            left_out_rows.reason,
            left_out_rows.stream,
            count(*) as rows,
            min(left_out_rows.id) as example
        from analytics.left_out_rows
        where left_out_rows.source = source_name and left_out_rows.reason in ('order_unknown', 'other_currency')
        group by left_out_rows.reason, left_out_rows.stream
    ),
    orders as materialized (
        select
            order_id,
            currency,
            gross_minor,
            discount_minor,
            refunded_minor,
            net_minor,
            item_count,
            total_minor,
            shipping_minor,
            gross_minor - discount_minor + fees_minor + shipping_minor + tax_minor as parts_minor,
            kept_minor - net_minor - fees_minor - shipping_minor - tax_minor + refunded_other_minor as kept_difference_minor
        from marts.sales_orders
        where source = source_name
    ),
    lines as materialized (
        select
            order_id,
            order_item_id,
            currency,
            units as quantity,
            units_returned,
            gross_minor,
            discount_minor,
            refunded_minor,
            net_minor,
            order_rest_minor
        from marts.sales_items
        where source = source_name
    ),
    -- The total is rounded once, its parts once for each line.
    odd_totals as (
        select
            orders.order_id,
            case
                when facts.tax_minor is null or facts.shipping_minor is null and orders.shipping_minor = 0 then
                    case when orders.total_minor < orders.parts_minor then 'order_total_less_than_parts' end
                when facts.fees_minor is null then 'order_total_without_fees'
                else 'order_total'
            end as rule
        from orders
        inner join warehouse.fact_orders as facts using (order_id)
        where orders.item_count > 0
            and abs(orders.total_minor - orders.parts_minor) > orders.item_count + 3
            and facts.source = source_name
    ),
    -- Figures by month, category, region and customer only group these same rows: what holds here holds there.
    sums as (
        select
            currency,
            sum(net_minor) as of_orders,
            sum(refunded_minor) as refunded,
            sum(net_minor) filter (where item_count = 0) as of_orders_without_lines
        from orders
        group by currency
    ),
    sums_of_lines as (
        select
            currency,
            sum(net_minor) as of_lines
        from lines
        group by currency
    ),
    sums_of_rests as (
        select
            currency,
            - sum(order_rest_minor) as of_rests
        from (
            select distinct order_id, currency, order_rest_minor
            from lines
            where order_rest_minor <> 0
        ) as rests
        group by currency
    ),
    sums_of_refunds as (
        select
            currency,
            sum(refunded_minor) as by_refund_date
        from marts.sales_refunds
        where source = source_name
        group by currency
    ),
    identities as (
        select
            sums.currency,
            coalesce(sums_of_lines.of_lines, 0)
            + coalesce(sums_of_rests.of_rests, 0)
            + coalesce(sums.of_orders_without_lines, 0)
            = sums.of_orders as products_are_orders,
            coalesce(sums_of_refunds.by_refund_date, 0) = sums.refunded as refund_dates_are_order_dates
        from sums
        left join sums_of_lines using (currency)
        left join sums_of_rests using (currency)
        left join sums_of_refunds using (currency)
    ),
    findings (ordinal, rule, stream, rows, example, message, fails_run) as (
        select
            1,
            'order_unknown',
            left_out.stream,
            left_out.rows,
            left_out.example,
            'rows whose order is not there, in no figure until it is: look for the order among the rejected rows, or in the source',
            false
        from left_out
        where reason = 'order_unknown'
        union all
        select
            2,
            'other_currency',
            left_out.stream,
            left_out.rows,
            left_out.example,
            'rows in another currency than the order, and in no sum: correct the currency in the source or in its mapping',
            false
        from left_out
        where reason = 'other_currency'
        union all
        select
            3,
            'refunded_more_than_sold',
            'orders',
            count(*),
            min(order_id),
            'orders of which more was given back than was sold, so that net sales are less than 0: look whether a refund is told twice, or a line is missing',
            false
        from orders
        where refunded_minor > gross_minor - discount_minor and item_count > 0 and refunded_minor > 0
        union all
        select
            4,
            'returned_more_than_sold',
            'order_items',
            count(*),
            min(order_item_id),
            'lines of which more units came back than were sold: look whether a refund is told twice',
            false
        from lines
        where quantity > 0 and units_returned > quantity
        union all
        select
            5,
            'discount_larger_than_goods',
            'orders',
            count(*),
            min(order_id),
            'orders with a discount larger than the goods, or with such a line: it counts as far as the goods reach; look whether it is told twice, or a line is missing',
            false
        from (
            select orders.order_id
            from orders
            inner join warehouse.fact_orders as facts using (order_id)
            where facts.source = source_name
                and facts.discount_minor > 0
                and facts.discount_minor + coalesce(facts.separate_discount_minor, 0) > orders.gross_minor
            union
            select order_id
            from warehouse.fact_order_items
            where source = source_name and net_minor < 0 and quantity > 0 and coalesce(gross_minor, 0) >= 0
        ) as discounted
        union all
        select
            6,
            rule,
            'orders',
            count(*),
            min(order_id),
            case rule
                when 'order_total' then
                    'orders whose total is not goods after discounts + fees + shipping + tax: look for a line or a discount that is missing or told twice, and whether prices include tax'
                when 'order_total_without_fees' then
                    'orders whose total is not goods after discounts + shipping + tax: if there are fees, map ''fees''; else look for a line or a discount that is missing or told twice, and whether prices include tax'
                else 'orders whose total is less than goods after discounts and what else of it is told: if there are discounts, map ''discount''; else look for a line that is told twice or in units of its own, and whether prices include tax'
            end,
            rule = 'order_total'
        from odd_totals
        where rule is not null
        group by rule
        union all
        select
            7,
            'gross_to_net',
            'orders',
            count(*),
            min(order_id),
            'orders in which gross sales - discounts - refunds are not net sales, or with such a line: a fault of ShopFlow, please report it',
            true
        from (
            select order_id
            from orders
            where net_minor <> gross_minor - discount_minor - refunded_minor or kept_difference_minor <> 0
            union
            select order_id
            from lines
            where net_minor <> gross_minor - discount_minor - refunded_minor
        ) as unequal
        union all
        select
            8,
            'products_and_orders',
            'orders',
            count(*),
            min(currency),
            'currencies in which net sales of products + what belongs to no line are not those of orders: a fault of ShopFlow, please report it',
            true
        from identities
        where not products_are_orders
        union all
        select
            9,
            'order_dates_and_refund_dates',
            'refunds',
            count(*),
            min(currency),
            'currencies in which refunds by their own date are not those by the date of the order: a fault of ShopFlow, please report it',
            true
        from identities
        where not refund_dates_are_order_dates
    )
    select
        findings.rule,
        findings.stream,
        findings.rows,
        findings.example,
        findings.message,
        findings.fails_run
    from findings
    where findings.rows > 0
    order by findings.ordinal, findings.rule, findings.stream
$$;
comment on function etl.findings_of is 'What is wrong or odd in the rows of a source, where its marts are up to date; no rows where nothing is. fails_run: figures are not what they should be.';
-- Whoever closes a run asks as the loader, who reads no view.
alter function etl.findings_of security definer set search_path = pg_catalog, pg_temp;

-- Findings are read from partial indexes, which hold only rows that have one, and from sums.
create index sales_orders_refunded_beyond on marts.sales_orders (source, order_id)
where is_order
    and refunded_minor + refunded_other_minor > 0
    and (refunded_minor > gross_minor - discount_minor or kept_minor < -(item_count + 3));
create index sales_orders_refunded_without_refund on marts.sales_orders (source, order_id)
where status = 'refunded' and refunded_minor + refunded_other_minor = 0 and gross_minor > discount_minor;
create index sales_orders_of_odd_total on marts.sales_orders (source, order_id)
where abs(total_minor - (gross_minor - discount_minor + fees_minor + shipping_minor + tax_minor)) > item_count + 3;
create index sales_items_refunded_beyond on marts.sales_items (source, order_item_id)
where refunded_minor > 0 and refunded_minor > gross_minor - discount_minor;
create index sales_orders_unequal on marts.sales_orders (source, order_id)
where net_minor <> gross_minor - discount_minor - refunded_minor
    or kept_minor <> net_minor + fees_minor + shipping_minor + tax_minor - refunded_other_minor;
create index sales_items_returned_beyond on marts.sales_items (source, order_item_id)
where units > 0 and units_returned > units;
create index sales_items_unequal on marts.sales_items (source, order_id)
where net_minor <> gross_minor - discount_minor - refunded_minor;

create function etl.findings_of(source_name text)
returns table (rule text, stream text, rows bigint, example text, message text, fails_run boolean, informs boolean)
language sql stable
-- Few sources make the planner take most rows for one; each of these reads all rows of a source anyway.
set enable_nestloop = off
as $$
    with left_out as (
        select
            left_out_rows.reason,
            left_out_rows.stream,
            count(*) as rows,
            min(left_out_rows.id) as example
        from marts.left_out_rows
        where left_out_rows.source = source_name and left_out_rows.reason in ('order_unknown', 'other_currency')
        group by left_out_rows.reason, left_out_rows.stream
    ),
    -- The total is rounded once, its parts once for each line.
    odd_totals as (
        select
            orders.order_id,
            case
                when facts.tax_minor is null and orders.tax_minor = 0
                    or facts.shipping_minor is null and orders.shipping_minor = 0 then
                    case
                        when orders.total_minor
                            < orders.gross_minor - orders.discount_minor + orders.fees_minor + orders.shipping_minor + orders.tax_minor
                            then 'order_total_less_than_parts'
                        when orders.item_count = 0 then 'order_without_lines'
                    end
                when facts.fees_minor is null then 'order_total_without_fees'
                else 'order_total'
            end as rule
        from marts.sales_orders as orders
        inner join warehouse.fact_orders as facts using (source, order_id)
        where orders.source = source_name
            -- A source without any line has orders only.
            and (orders.item_count > 0 or exists (select from marts.sales_items as any_line where any_line.source = source_name))
            and abs(
                orders.total_minor
                - (orders.gross_minor - orders.discount_minor + orders.fees_minor + orders.shipping_minor + orders.tax_minor)
            ) > orders.item_count + 3
    ),
    -- Figures by month, category, region and customer are sums of the same rows, so an identity that holds here holds for them too.
    sums as (
        select
            currency,
            sum(net_minor) as of_orders,
            sum(refunded_minor) as refunded,
            sum(net_of_lines_minor) as of_lines
        from marts.sums_by_day
        where source = source_name
        group by currency
    ),
    sums_of_unallocated as (
        select
            currency,
            sum(net_minor) as unallocated
        from marts.unallocated_sales
        where source = source_name
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
            sums.of_lines + coalesce(sums_of_unallocated.unallocated, 0) = sums.of_orders as products_are_orders,
            coalesce(sums_of_refunds.by_refund_date, 0) = sums.refunded as refund_dates_are_order_dates
        from sums
        left join sums_of_unallocated using (currency)
        left join sums_of_refunds using (currency)
    ),
    findings (ordinal, rule, stream, rows, example, message, fails_run) as (
        select
            1,
            'order_unknown',
            left_out.stream,
            left_out.rows,
            left_out.example,
            'rows whose order is not in the warehouse, left out until it is: look for the order among the rejected rows, or in the source',
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
            'rows in another currency than the order, left out: correct the currency in the source or in its mapping',
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
            'orders of which more was refunded than was sold, so that net sales or what was kept are less than 0: check whether a refund is reported twice, includes its tax twice, or a line is missing',
            false
        from marts.sales_orders
        where source = source_name
            and is_order
            and refunded_minor + refunded_other_minor > 0
            and (refunded_minor > gross_minor - discount_minor or kept_minor < -(item_count + 3))
        union all
        select
            3,
            'refunded_more_than_sold',
            'order_items',
            count(*),
            min(order_item_id),
            'lines of which more was refunded than was sold, so that their net sales are less than 0: check whether a refund is reported twice, or includes tax',
            false
        from marts.sales_items
        where source = source_name and refunded_minor > 0 and refunded_minor > gross_minor - discount_minor
        union all
        select
            3,
            'standalone_refund',
            'orders',
            count(*),
            min(order_id),
            'orders with refunds, but without lines and amounts: their refunds count, but no figure counts them as orders. If they have lines, check whether these were rejected, or are missing',
            false
        from marts.sales_orders
        where source = source_name and not is_order
        union all
        select
            3,
            'refunded_without_refund',
            'orders',
            count(*),
            min(order_id),
            'orders in state refunded without a refund: they count in full. Map the refunds, or correct the state',
            false
        from marts.sales_orders
        where source = source_name
            and status = 'refunded'
            and refunded_minor + refunded_other_minor = 0
            and gross_minor > discount_minor
        union all
        select
            4,
            'returned_more_than_sold',
            'order_items',
            count(*),
            min(order_item_id),
            'lines of which more units were returned than were sold: check whether a refund is reported twice',
            false
        from marts.sales_items
        where source = source_name and units > 0 and units_returned > units
        union all
        select
            5,
            'refund_line_unknown',
            'refunds',
            count(*),
            min(refund_id),
            'refunds of a line that their order does not have: they are distributed over the lines that it has, and what was returned keeps its cost: check the line''s id, or whether the line is missing',
            false
        from marts.sales_refunds as refunds
        where source = source_name
            and order_item_id is not null
            and not exists (
                select
                from marts.sales_items as items
                where items.source = refunds.source
                    and items.order_item_id = refunds.order_item_id
                    and items.order_id = refunds.order_id
            )
        union all
        select
            6,
            'discount_larger_than_goods',
            'orders',
            count(*),
            min(order_id),
            'orders with a discount larger than the goods, or with such a line; it counts only up to the goods: check whether it is reported twice, or a line is missing',
            false
        from (
            select orders.order_id
            from marts.sales_orders as orders
            inner join warehouse.fact_orders as facts using (source, order_id)
            where orders.source = source_name
                and facts.discount_minor > 0
                and facts.discount_minor + coalesce(facts.separate_discount_minor, 0) > orders.gross_minor
            union
            select order_id
            from warehouse.fact_order_items
            where source = source_name and net_minor < 0 and quantity > 0 and coalesce(gross_minor, 0) >= 0
        ) as discounted
        union all
        select
            7,
            rule,
            'orders',
            count(*),
            min(order_id),
            case rule
                when 'order_total' then
                    'orders whose total is not goods after discounts + fees + shipping + tax: check whether a line or a discount is missing or reported twice, and whether prices include tax'
                when 'order_without_lines' then
                    'orders without lines whose total is more than their other parts: what was sold is in no figure. Check whether their lines were rejected, or are missing'
                when 'order_total_without_fees' then
                    'orders whose total is not goods after discounts + shipping + tax: if there are fees, map ''fees''; else check whether a line or a discount is missing or reported twice, and whether prices include tax'
                else 'orders whose total is less than goods after discounts plus its other known parts: if there are discounts, map ''discount''; else check whether a line is reported twice or in another unit, and whether prices include tax'
            end,
            rule = 'order_total'
        from odd_totals
        where rule is not null
        group by rule
        union all
        select
            8,
            'gross_to_net',
            'orders',
            count(*),
            min(order_id),
            'orders in which gross sales - discounts - refunds are not net sales, or with such a line: a fault of ShopFlow, please report it',
            true
        from (
            select order_id
            from marts.sales_orders
            where source = source_name
                and (
                    net_minor <> gross_minor - discount_minor - refunded_minor
                    or kept_minor <> net_minor + fees_minor + shipping_minor + tax_minor - refunded_other_minor
                )
            union
            select order_id
            from marts.sales_items
            where source = source_name and net_minor <> gross_minor - discount_minor - refunded_minor
        ) as unequal
        union all
        select
            9,
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
            10,
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
        findings.fails_run,
        findings.rule = 'standalone_refund'
    from findings
    where findings.rows > 0
    order by findings.ordinal, findings.rule, findings.stream
$$;
comment on function etl.findings_of is 'The findings in the rows of a source whose marts are up to date. fails_run: the finding makes the run incomplete. informs: no figure is in doubt because of it.';
alter function etl.findings_of security definer set search_path = pg_catalog, pg_temp;

-- How the marts are refreshed from the star. Statements are generated from the columns and the key of a mart, so that a new column
-- is defined only in its view.

create function marts.joined(names text[], expression text, separator text) returns text
language sql immutable
set search_path = pg_catalog, pg_temp
return (
    select string_agg(format(expression, name), separator order by position)
    from unnest(names) with ordinality as columns (name, position)
);
comment on function marts.joined is 'The expression for each name, which it calls %1$I, joined by the separator.';

create function marts.key_of(mart text) returns text[]
language sql stable
set search_path = pg_catalog, pg_temp
return (
    select array_agg(attname::text order by attnum)
    from pg_attribute
    inner join pg_constraint on conrelid = attrelid and contype = 'p' and attnum = any (conkey)
    where attrelid = format('marts.%I', mart)::regclass
);
comment on function marts.key_of is 'The columns of a mart''s primary key.';


create function marts.measures_of(mart text) returns text[]
language sql stable
set search_path = pg_catalog, pg_temp
return (
    select array_agg(attname::text order by attnum)
    from pg_attribute
    inner join pg_constraint on conrelid = attrelid and contype = 'p' and attnum <> all (conkey)
    where attrelid = format('marts.%I', mart)::regclass and attnum > 0 and not attisdropped
);
comment on function marts.measures_of is 'The columns of a mart that are not of its key.';

create function marts.is_standalone_refund(source_name text, id text) returns boolean
language sql stable
-- The body is a string, so the function does not depend on the mart, which may be dropped and restored.
as $$
    select exists (
        select
        from marts.sales_orders as held
        where held.source = source_name collate "C" and held.order_id = id collate "C" and not held.is_order
    )
$$;
comment on function marts.is_standalone_refund is 'Whether an order of the warehouse is a standalone refund, as of the last closed run.';

create function marts.rows_of_orders() returns text[]
language sql immutable parallel safe
return array['sales_orders', 'sales_items', 'unallocated_sales', 'sales_refunds', 'left_out_rows'];
comment on function marts.rows_of_orders is 'The marts that hold the rows of the view of analytics with the same name.';

create function marts.sums() returns text[]
language sql immutable parallel safe
return array[
    'sums_by_category', 'sums_by_day', 'sums_by_region', 'sums_by_postcode_area', 'sums_by_product', 'customer_gaps', 'cohorts'
];
comment on function marts.sums is 'The marts that are kept by differences of rows (marts.sum_changes), in the order in which they are computed.';

create procedure marts.make_temporary(name text, mart text)
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    -- Triggers of a table of this name that the caller made would run with the rights of the marts' owner.
    execute format('drop table if exists pg_temp.%I', name);
    execute format('create temporary table %1$I (like marts.%2$I) on commit drop', name, mart);
end
$$;
comment on procedure marts.make_temporary is 'Makes an empty temporary table with the columns of a mart, until the end of the transaction.';

create procedure marts.replace_rows(mart text, touched text, touched_key text[])
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    same_key constant text := marts.joined(marts.key_of(mart), 'computed.%1$I = held.%1$I', ' and ');
begin
    execute format(
        'with gone as (delete from marts.%1$I as held using pg_temp.%2$I as touched where %3$s and not exists ('
        || 'select from pg_temp.%1$I as computed where %4$s and computed is not distinct from held) returning held.*)'
        || ' insert into pg_temp.%5$I select * from gone',
        mart,
        touched,
        marts.joined(touched_key, 'held.%1$I = touched.%1$I', ' and '),
        same_key,
        'gone_' || mart
    );
    execute format('delete from pg_temp.%1$I as computed using marts.%1$I as held where %2$s', mart, same_key);
    execute format(
        'insert into marts.%1$I select computed.* from pg_temp.%1$I as computed order by %2$s',
        mart,
        marts.joined(marts.key_of(mart), 'computed.%1$I', ', ')
    );
end
$$;
comment on procedure marts.replace_rows is 'Replaces the rows of a mart that have a touched key by those of the temporary table of the same name. Unchanged rows are not written. Leaves the new rows in that table, and the former ones in the one named gone_….';

create procedure marts.add_sums(mart text)
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    key constant text[] := marts.key_of(mart);
    measures constant text[] := marts.measures_of(mart);
begin
    execute format(
        'merge into marts.%1$I as held'
        || ' using (select %2$s, %3$s from pg_temp.%1$I group by %2$s having %4$s order by %2$s) as change'
        || ' on %5$s'
        || ' when matched and %6$s then delete'
        || ' when matched then update set %7$s'
        || ' when not matched then insert (%8$s) values (%9$s)',
        mart,
        marts.joined(key, '%1$I', ', '),
        marts.joined(measures, 'sum(%1$I) as %1$I', ', '),
        marts.joined(measures, 'sum(%1$I) <> 0', ' or '),
        marts.joined(key, 'held.%1$I = change.%1$I', ' and '),
        marts.joined(measures, 'held.%1$I + change.%1$I = 0', ' and '),
        marts.joined(measures, '%1$I = held.%1$I + change.%1$I', ', '),
        marts.joined(key || measures, '%1$I', ', '),
        marts.joined(key || measures, 'change.%1$I', ', ')
    );
end
$$;
comment on procedure marts.add_sums is 'Adds the changes in the temporary table of the same name to the sums of a mart. A row of nothing but zeros is deleted.';

create procedure marts.stage_orders_of_customers()
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    analyze pg_temp.sales_orders, pg_temp.gone_sales_orders, pg_temp.sales_items, pg_temp.gone_sales_items;

    -- The category of a line may have changed, and its order not.
    insert into pg_temp.touched_customers
    select source, customer_id
    from marts.sales_orders
    where customer_id is not null
        and (source, order_id) in (
            select source, order_id from pg_temp.gone_sales_items
            union all
            select source, order_id from pg_temp.sales_items
        )
    except
    select source, customer_id from pg_temp.touched_customers;

    drop table if exists pg_temp.orders_of_both, pg_temp.categories_of_both;
    -- The orders that changed and all orders of their customers, as they are (1) and as they were (-1).
    create temporary table orders_of_both on commit drop as
    with changed as (
        select source, order_id from pg_temp.sales_orders
        union
        select source, order_id from pg_temp.sales_items
        union
        select source, order_id from pg_temp.gone_sales_items
    ),
    concerned as (
        select held.source, held.order_id
        from pg_temp.touched_customers as touched
        inner join marts.sales_orders as held
            on held.source = touched.source and held.customer_id = touched.customer_id
        union
        select source, order_id from changed
    ),
    orders as (
        select held.*
        from concerned
        inner join marts.sales_orders as held using (source, order_id)
    )
    select 1 as direction, orders.*
    from orders
    union all
    select -1, orders.*
    from orders
    where not exists (
        select
        from pg_temp.sales_orders as added
        where added.source = orders.source and added.order_id = orders.order_id
    )
    union all
    select -1, gone.*
    from pg_temp.gone_sales_orders as gone;
    analyze pg_temp.orders_of_both;

    create temporary table categories_of_both on commit drop as
    with items as (
        select held.*
        from (select distinct source, order_id from pg_temp.orders_of_both) as concerned
        inner join marts.sales_items as held using (source, order_id)
    ),
    items_of_both as (
        select 1 as direction, items.*
        from items
        union all
        select -1, items.*
        from items
        where not exists (
            select
            from pg_temp.sales_items as added
            where added.source = items.source
                and added.order_id = items.order_id
                and added.order_item_id = items.order_item_id
        )
        union all
        select -1, gone.*
        from pg_temp.gone_sales_items as gone
    )
    select direction, source, order_id, category, sum(net_minor) as net_minor
    from items_of_both
    group by direction, source, order_id, category;
    analyze pg_temp.categories_of_both;
end
$$;
comment on procedure marts.stage_orders_of_customers is 'Stages the orders, and their net sales by category, of the customers of removed and added orders and lines: as they are (direction 1) and as they were (-1).';

create procedure marts.sum_changes(mart text)
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    case mart
        when 'sums_by_category' then
            insert into pg_temp.sums_by_category (
                source, currency, category, business_date, lines, units, units_returned, gross_minor, discount_minor,
                refunded_minor, net_minor, unsigned_minor, covered_lines, covered_minor, profit_minor,
                orders, anonymous_orders, spent_minor
            )
            select
                source,
                currency,
                category,
                business_date,
                direction * count(*),
                direction * sum(units),
                direction * sum(units_returned),
                direction * sum(gross_minor),
                direction * sum(discount_minor),
                direction * sum(refunded_minor),
                direction * sum(net_minor),
                direction * sum(abs(net_minor)),
                direction * count(cost_minor),
                direction * coalesce(sum(abs(net_minor)) filter (where cost_minor is not null), 0),
                direction * coalesce(sum(profit_minor), 0),
                0,
                0,
                0
            from (
                select -1 as direction, gone.* from pg_temp.gone_sales_items as gone
                union all
                select 1, added.* from pg_temp.sales_items as added
            ) as changes
            group by direction, source, currency, category, business_date;

            insert into pg_temp.sums_by_category (
                source, currency, category, business_date, lines, units, units_returned, gross_minor, discount_minor,
                refunded_minor, net_minor, unsigned_minor, covered_lines, covered_minor, profit_minor,
                orders, anonymous_orders, spent_minor
            )
            select
                source, currency, category, business_date, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                sum(direction),
                coalesce(sum(direction) filter (where customer_id is null), 0),
                coalesce(sum(direction * categories.net_minor) filter (where customer_id is not null), 0)
            from pg_temp.categories_of_both as categories
            inner join pg_temp.orders_of_both as orders using (direction, source, order_id)
            group by source, currency, category, business_date;
        when 'sums_by_day' then
            insert into pg_temp.sums_by_day (
                source, currency, business_date, orders, orders_with_lines, anonymous_orders, gross_minor, discount_minor,
                refunded_minor, net_minor, net_with_lines_minor, spent_minor, shipping_minor, fees_minor, tax_minor,
                refunded_other_minor, kept_minor, net_of_lines_minor, unsigned_minor, covered_lines, covered_minor, profit_minor
            )
            select
                source,
                currency,
                business_date,
                direction * count(*) filter (where is_order),
                direction * count(*) filter (where item_count > 0),
                direction * count(*) filter (where is_order and customer_id is null),
                direction * sum(gross_minor),
                direction * sum(discount_minor),
                direction * sum(refunded_minor),
                direction * sum(net_minor),
                direction * coalesce(sum(net_minor) filter (where item_count > 0), 0),
                direction * coalesce(sum(net_minor) filter (where item_count > 0 and customer_id is not null), 0),
                direction * sum(shipping_minor),
                direction * sum(fees_minor),
                direction * sum(tax_minor),
                direction * sum(refunded_other_minor),
                direction * sum(kept_minor),
                0,
                0,
                0,
                0,
                0
            from (
                select -1 as direction, gone.* from pg_temp.gone_sales_orders as gone
                union all
                select 1, added.* from pg_temp.sales_orders as added
            ) as changes
            group by direction, source, currency, business_date;

            -- What the lines add to the sums of the day of their orders.
            insert into pg_temp.sums_by_day (
                source, currency, business_date, orders, orders_with_lines, anonymous_orders, gross_minor, discount_minor,
                refunded_minor, net_minor, net_with_lines_minor, spent_minor, shipping_minor, fees_minor, tax_minor,
                refunded_other_minor, kept_minor, net_of_lines_minor, unsigned_minor, covered_lines, covered_minor, profit_minor
            )
            select
                source, currency, business_date, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                sum(net_minor), sum(unsigned_minor), sum(covered_lines), sum(covered_minor), sum(profit_minor)
            from pg_temp.sums_by_category
            group by source, currency, business_date;
        when 'sums_by_region' then
            insert into pg_temp.sums_by_region (
                source, currency, category, grain, period, country, region, orders, orders_with_lines, net_minor,
                net_with_lines_minor
            )
            with days as (
                select
                    source,
                    currency,
                    '' as category,
                    business_date,
                    country,
                    region,
                    coalesce(sum(direction) filter (where is_order), 0) as orders,
                    coalesce(sum(direction) filter (where item_count > 0), 0) as orders_with_lines,
                    sum(direction * net_minor) as net_minor,
                    coalesce(sum(direction * net_minor) filter (where item_count > 0), 0) as net_with_lines_minor
                from pg_temp.orders_of_both
                group by source, currency, business_date, country, region
                union all
                select
                    source,
                    currency,
                    category,
                    business_date,
                    country,
                    region,
                    sum(direction),
                    sum(direction),
                    sum(direction * categories.net_minor),
                    sum(direction * categories.net_minor)
                from pg_temp.categories_of_both as categories
                inner join pg_temp.orders_of_both as orders using (direction, source, order_id)
                group by source, currency, category, business_date, country, region
            )
            select
                source,
                currency,
                category,
                grain,
                marts.period_of(business_date, grain),
                country,
                region,
                sum(orders),
                sum(orders_with_lines),
                sum(net_minor),
                sum(net_with_lines_minor)
            from days
            cross join (values ('day'), ('month'), ('year')) as grains (grain)
            where orders <> 0 or orders_with_lines <> 0 or net_minor <> 0 or net_with_lines_minor <> 0
            group by source, currency, category, grain, marts.period_of(business_date, grain), country, region;
        when 'sums_by_postcode_area' then
            insert into pg_temp.sums_by_postcode_area (
                source, currency, category, grain, period, country, postcode_area, orders, orders_with_lines, net_minor,
                net_with_lines_minor
            )
            with days as (
                select
                    source,
                    currency,
                    '' as category,
                    business_date,
                    country,
                    postcode_area,
                    coalesce(sum(direction) filter (where is_order), 0) as orders,
                    coalesce(sum(direction) filter (where item_count > 0), 0) as orders_with_lines,
                    sum(direction * net_minor) as net_minor,
                    coalesce(sum(direction * net_minor) filter (where item_count > 0), 0) as net_with_lines_minor
                from pg_temp.orders_of_both
                group by source, currency, business_date, country, postcode_area
                union all
                select
                    source,
                    currency,
                    category,
                    business_date,
                    country,
                    postcode_area,
                    sum(direction),
                    sum(direction),
                    sum(direction * categories.net_minor),
                    sum(direction * categories.net_minor)
                from pg_temp.categories_of_both as categories
                inner join pg_temp.orders_of_both as orders using (direction, source, order_id)
                group by source, currency, category, business_date, country, postcode_area
            )
            select
                source,
                currency,
                category,
                grain,
                marts.period_of(business_date, grain),
                country,
                coalesce(postcode_area, 'unknown'),
                sum(orders),
                sum(orders_with_lines),
                sum(net_minor),
                sum(net_with_lines_minor)
            from days
            cross join (values ('day'), ('month'), ('year')) as grains (grain)
            where orders <> 0 or orders_with_lines <> 0 or net_minor <> 0 or net_with_lines_minor <> 0
            group by
                source, currency, category, grain, marts.period_of(business_date, grain), country,
                coalesce(postcode_area, 'unknown');
        when 'sums_by_product' then
            insert into pg_temp.sums_by_product (
                source, currency, grain, period, category, product_id, name, lines, units, net_minor, unsigned_minor,
                covered_lines, covered_minor, profit_minor, orders, units_returned, gross_minor, discount_minor, refunded_minor,
                cost_minor
            )
            with changes as not materialized (
                select -1 as direction, gone.* from pg_temp.gone_sales_items as gone
                union all
                select 1, added.* from pg_temp.sales_items as added
            ),
            -- Orders that have more lines than were added: the other lines stay as they are. If one of them has the same product,
            -- it may be the line under whose name the order counts.
            partly_changed as (
                select source, order_id
                from (
                    select source, order_id, count(*) filter (where direction = 1) as added_count
                    from changes
                    group by source, order_id
                ) as changed
                inner join marts.sales_orders as held using (source, order_id)
                where held.item_count > changed.added_count
            ),
            kept as (
                select
                    held.source,
                    held.order_id,
                    held.currency,
                    held.business_date,
                    held.category,
                    held.product_id,
                    held.name
                from partly_changed
                inner join marts.sales_items as held using (source, order_id)
                where not exists (
                    select
                    from pg_temp.sales_items as added
                    where added.source = held.source
                        and added.order_id = held.order_id
                        and added.order_item_id = held.order_item_id
                )
            ),
            lines_of_both as (
                select direction, source, order_id, currency, business_date, category, product_id, name
                from changes
                union all
                select directions.direction, kept.*
                from kept
                cross join (values (-1), (1)) as directions (direction)
            ),
            -- All lines of a product in an order have the order's currency and day, and the product's category: min picks any of
            -- them. Only of the names, it chooses one.
            orders as (
                select
                    direction,
                    source,
                    min(currency) as currency,
                    min(business_date) as business_date,
                    min(category) as category,
                    product_id,
                    min(coalesce(name, '')) as name
                from lines_of_both
                group by
                    direction, source, order_id, product_id, case when product_id is null then coalesce(name, '') end
            ),
            thirds as (
                select
                    source,
                    currency,
                    marts.period_of(business_date, 'third') as third,
                    category,
                    coalesce(product_id, '') as product_id,
                    coalesce(name, '') as name,
                    direction * count(*) as lines,
                    direction * sum(units) as units,
                    direction * sum(net_minor) as net_minor,
                    direction * sum(abs(net_minor)) as unsigned_minor,
                    direction * count(cost_minor) as covered_lines,
                    direction * coalesce(sum(abs(net_minor)) filter (where cost_minor is not null), 0) as covered_minor,
                    direction * coalesce(sum(profit_minor), 0) as profit_minor,
                    0 as orders,
                    direction * sum(units_returned) as units_returned,
                    direction * sum(gross_minor) as gross_minor,
                    direction * sum(discount_minor) as discount_minor,
                    direction * sum(refunded_minor) as refunded_minor,
                    direction * coalesce(sum(cost_minor), 0) as cost_minor
                from changes
                group by
                    direction, source, currency, marts.period_of(business_date, 'third'), category,
                    coalesce(product_id, ''), coalesce(name, '')
                union all
                select
                    source,
                    currency,
                    marts.period_of(business_date, 'third'),
                    category,
                    coalesce(product_id, ''),
                    name,
                    0, 0, 0, 0, 0, 0, 0,
                    sum(direction),
                    0, 0, 0, 0, 0
                from orders
                group by
                    source, currency, marts.period_of(business_date, 'third'), category, coalesce(product_id, ''), name
                having sum(direction) <> 0
            )
            select
                source,
                currency,
                grain,
                marts.period_of(third, grain),
                category,
                product_id,
                name,
                sum(lines),
                sum(units),
                sum(net_minor),
                sum(unsigned_minor),
                sum(covered_lines),
                sum(covered_minor),
                sum(profit_minor),
                sum(orders),
                sum(units_returned),
                sum(gross_minor),
                sum(discount_minor),
                sum(refunded_minor),
                sum(cost_minor)
            from thirds
            cross join (values ('third'), ('month'), ('quarter'), ('year')) as grains (grain)
            group by source, currency, grain, marts.period_of(third, grain), category, product_id, name;
        when 'customer_gaps' then
            insert into pg_temp.customer_gaps (
                source, currency, category, kind, later_grain, earlier_grain, later, earlier, customers
            )
            with in_time as (
                select
                    direction,
                    source,
                    order_id,
                    customer_id,
                    currency,
                    business_date as day,
                    row_number() over of_all as number,
                    lead(business_date) over of_all as next_day
                from pg_temp.orders_of_both
                where customer_id is not null and is_order
                -- Of several orders on the first day, currency and id decide which one is the first.
                window of_all as (
                    partition by direction, source, customer_id order by business_date, currency, order_id
                )
            ),
            categories as (
                select direction, source, order_id, '' as category
                from in_time
                union all
                select direction, source, order_id, category
                from pg_temp.categories_of_both
            ),
            dated as (
                select *, lag(day) over of_category as earlier
                from in_time
                inner join categories using (direction, source, order_id)
                window of_category as (
                    partition by direction, source, customer_id, currency, category order by day
                )
            ),
            gaps as (
                select
                    source,
                    currency,
                    category,
                    'again' as kind,
                    day as later,
                    coalesce(earlier, '-infinity') as earlier,
                    sum(direction) as customers
                from dated
                where earlier is distinct from day
                group by source, currency, category, day, coalesce(earlier, '-infinity')
                union all
                select source, currency, category, 'first', day, '-infinity', sum(direction)
                from dated
                where number = 1
                group by source, currency, category, day
                union all
                select source, currency, category, 'second', next_day, day, sum(direction)
                from dated
                where number = 1 and next_day is not null
                group by source, currency, category, next_day, day
            )
            select
                source,
                currency,
                category,
                kind,
                later_grain,
                earlier_grain,
                marts.period_of(later, later_grain),
                marts.period_of(earlier, earlier_grain),
                sum(customers)
            from gaps
            cross join (values ('day'), ('month')) as later_grains (later_grain)
            cross join (values ('day'), ('month')) as earlier_grains (earlier_grain)
            where customers <> 0
            group by
                source, currency, category, kind, later_grain, earlier_grain, marts.period_of(later, later_grain),
                marts.period_of(earlier, earlier_grain);
        when 'cohorts' then
            -- The first order of a customer determines the cohort of all, so orders_of_both has all orders of a customer.
            insert into pg_temp.cohorts (
                source, currency, cohort, month, active_customers, starting_customers, orders, net_minor
            )
            with months as (
                select
                    direction,
                    source,
                    customer_id,
                    currency,
                    marts.period_of(business_date, 'month') as month,
                    count(*) filter (where is_order) as orders,
                    sum(net_minor) as net_minor
                from pg_temp.orders_of_both
                where customer_id is not null
                group by direction, source, customer_id, currency, marts.period_of(business_date, 'month')
            ),
            of_cohorts as (
                select
                    *,
                    min(month) filter (where orders > 0) over (partition by direction, source, customer_id) as cohort,
                    min(month) filter (where orders > 0) over (partition by direction, source, customer_id, currency) as first_month
                from months
            )
            select
                source,
                currency,
                cohort,
                month,
                coalesce(sum(direction) filter (where orders > 0), 0),
                coalesce(sum(direction) filter (where month = first_month), 0),
                sum(direction * orders),
                sum(direction * net_minor)
            from of_cohorts
            -- Only customers who have an order in the currency, not just standalone refunds.
            where first_month is not null
            group by source, currency, cohort, month;
    end case;
end
$$;
comment on procedure marts.sum_changes is 'Sums the removed and the added orders and lines, and the changed gaps between the orders of customers, into the temporary table named like the mart. sums_by_day is derived from sums_by_category, which comes first.';

create procedure marts.value_customers()
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into pg_temp.customer_value (
        source, customer_id, currency, orders, spent_minor, first_order, last_order, customer_since,
        last_order_of_any_currency
    )
    select
        orders.source,
        orders.customer_id,
        orders.currency,
        count(*) filter (where orders.is_order),
        sum(orders.net_minor),
        min(orders.business_date) filter (where orders.is_order),
        max(orders.business_date) filter (where orders.is_order),
        min(min(orders.business_date) filter (where orders.is_order)) over (partition by orders.source, orders.customer_id),
        max(max(orders.business_date) filter (where orders.is_order)) over (partition by orders.source, orders.customer_id)
    from pg_temp.touched_customers as touched
    inner join marts.sales_orders as orders
        on orders.source = touched.source and orders.customer_id = touched.customer_id
    group by orders.source, orders.customer_id, orders.currency
    having bool_or(orders.is_order);
end
$$;
comment on procedure marts.value_customers is 'Values the touched customers by all their orders, into the temporary table named like the mart.';

create procedure marts.add_customers_to_addresses()
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    this_grain text;
    finer_grain text;
begin
    insert into marts.customer_numbers (source, customer_id, customer_number)
    select
        customers.source,
        customers.customer_id,
        coalesce((select max(held.customer_number) from marts.customer_numbers as held where held.source = customers.source), -1)
        + row_number() over (
            partition by customers.source
            order by customers.country, customers.region, customers.postcode_area, customers.customer_id
        )
    from (
        select distinct on (orders.source, orders.customer_id)
            orders.source, orders.customer_id, orders.country, orders.region, orders.postcode_area
        from pg_temp.sales_orders as orders
        where orders.customer_id is not null and orders.is_order
        order by orders.source, orders.customer_id, orders.business_date, orders.order_id
    ) as customers
    where not exists (
        select
        from marts.customer_numbers as held
        where held.source = customers.source and held.customer_id = customers.customer_id
    );

    drop table if exists pg_temp.touched_addresses;
    create temporary table touched_addresses on commit drop as
    select distinct
        source, currency, business_date as day, country, region, coalesce(postcode_area, 'unknown') as postcode_area
    from (
        select * from pg_temp.gone_sales_orders
        union all
        select * from pg_temp.sales_orders
    ) as changes
    where customer_id is not null and is_order;

    foreach this_grain in array array['day', 'third', 'month', 'year'] loop
        drop table if exists pg_temp.touched_periods;
        create temporary table touched_periods on commit drop as
        select distinct
            source, currency, marts.period_of(day, this_grain) as period, country, region, postcode_area
        from pg_temp.touched_addresses;
        analyze pg_temp.touched_periods;

        delete from marts.customers_by_address as held
        using pg_temp.touched_periods as touched
        where held.source = touched.source
            and held.currency = touched.currency
            and held.grain = this_grain
            and held.period = touched.period
            and held.country = touched.country
            and held.region = touched.region
            and held.postcode_area = touched.postcode_area;
        if this_grain = 'day' then
            insert into marts.customers_by_address (
                source, currency, grain, period, country, region, postcode_area, block, customer_bits
            )
            select
                source,
                currency,
                this_grain,
                period,
                country,
                region,
                touched.postcode_area,
                numbers.customer_number / 1024,
                bit_or(set_bit(b'0'::bit(1024), numbers.customer_number % 1024, 1))
            from pg_temp.touched_periods as touched
            inner join marts.sales_orders as orders using (source, currency, country, region)
            inner join marts.customer_numbers as numbers using (source, customer_id)
            where orders.is_order
                and orders.business_date = touched.period
                and coalesce(orders.postcode_area, 'unknown') = touched.postcode_area
            group by source, currency, period, country, region, touched.postcode_area, numbers.customer_number / 1024
            order by source, currency, period, country, region, touched.postcode_area, numbers.customer_number / 1024;
        else
            insert into marts.customers_by_address (
                source, currency, grain, period, country, region, postcode_area, block, customer_bits
            )
            select
                source, currency, this_grain, touched.period, country, region, postcode_area, block, bit_or(held.customer_bits)
            from pg_temp.touched_periods as touched
            inner join marts.customers_by_address as held using (source, currency, country, region, postcode_area)
            where held.grain = finer_grain
                and marts.period_of(held.period, this_grain) = touched.period
                -- The same, as a range of the index.
                and held.period >= touched.period
                and held.period < marts.period_after(touched.period, this_grain)
            group by source, currency, touched.period, country, region, postcode_area, block
            order by source, currency, touched.period, country, region, postcode_area, block;
        end if;
        finer_grain := this_grain;
    end loop;

    -- At the end: a number may be used again when no bit of its former customer is left.
    delete from marts.customer_numbers as held
    using (select distinct source, customer_id from pg_temp.gone_sales_orders where customer_id is not null) as gone
    where held.source = gone.source
        and held.customer_id = gone.customer_id
        and not exists (
            select
            from marts.sales_orders as orders
            where orders.source = gone.source and orders.customer_id = gone.customer_id and orders.is_order
        );
end
$$;
comment on procedure marts.add_customers_to_addresses is 'Gives the customers of added orders their numbers, and computes marts.customers_by_address anew for the days and addresses of removed and added orders.';

create function marts.fill_steps() returns text[]
language sql immutable parallel safe
return marts.rows_of_orders() || marts.sums() || array['customer_value', 'customers_by_last_order', 'customers_by_address'];
comment on function marts.fill_steps is 'The marts that marts.fill fills, each from those before it.';

create procedure marts.fill(source_names text[], mart text)
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    of_sources constant text := 'create temporary view %1$I as select * from marts.%1$I where source = any (%2$L)';
    staged constant text[] := array[
        'sales_orders', 'sales_items', 'touched_customers', 'orders_of_both', 'sums_by_category', 'customer_value', mart
    ];
    name text;
begin
    if mart = any (marts.rows_of_orders()) then
        execute format(
            'insert into marts.%1$I select computed.* from analytics.%1$I as computed'
            || ' where computed.source = any ($1) and computed.order_id is not null',
            mart
        )
        using source_names;
        execute format('analyze (skip_locked) marts.%I', mart);
        return;
    end if;
    if mart = 'customers_by_last_order' then
        insert into marts.customers_by_last_order (source, currency, last_order, customers)
        select source, currency, last_order_of_any_currency, count(*)
        from marts.customer_value
        where source = any (source_names)
        group by source, currency, last_order_of_any_currency;
        return;
    end if;

    -- These views have the names of the temporary tables that the procedures of a refresh read and write. Through them, the
    -- procedures read all rows of the source as added ones, and write to the mart itself.
    execute format(of_sources, 'sales_orders', source_names);
    execute format(of_sources, 'sales_items', source_names);
    call marts.make_temporary('gone_sales_orders', 'sales_orders');
    call marts.make_temporary('gone_sales_items', 'sales_items');
    create temporary view touched_customers as
    select distinct orders.source, orders.customer_id
    from pg_temp.sales_orders as orders
    where orders.customer_id is not null;
    create temporary view orders_of_both as
    select 1 as direction, orders.*
    from pg_temp.sales_orders as orders;
    drop table if exists pg_temp.categories_of_both;
    create temporary table categories_of_both (
        direction integer not null,
        source text collate "C" not null,
        order_id text collate "C" not null,
        category text not null,
        net_minor numeric not null
    ) on commit drop;
    if mart in ('sums_by_category', 'sums_by_region', 'sums_by_postcode_area', 'customer_gaps') then
        insert into pg_temp.categories_of_both
        select 1, items.source, items.order_id, items.category, sum(items.net_minor)
        from pg_temp.sales_items as items
        group by items.source, items.order_id, items.category;
        analyze pg_temp.categories_of_both;
    end if;
    if mart in ('sums_by_category', 'sums_by_day') then
        -- Inserted in two parts with keys in common, which the mart itself would refuse: added up below.
        call marts.make_temporary(mart, mart);
    else
        execute format(of_sources, mart, source_names);
    end if;
    if mart = 'sums_by_day' then
        execute format(of_sources, 'sums_by_category', source_names);
    end if;

    case mart
        when 'customer_value' then
            call marts.value_customers();
        when 'customers_by_address' then
            call marts.add_customers_to_addresses();
        else
            call marts.sum_changes(mart);
    end case;

    if mart in ('sums_by_category', 'sums_by_day') then
        call marts.add_sums(mart);
        execute format('drop table pg_temp.%I', mart);
    end if;
    foreach name in array staged loop
        execute format('drop view if exists pg_temp.%I cascade', name);
    end loop;
    execute format('analyze (skip_locked) marts.%I', mart);
end
$$;
comment on procedure marts.fill is 'Adds the figures of sources that a mart does not contain: one of marts.fill_steps, after those before it.';

create procedure marts.lock_sources(source_names text[])
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    source_name text;
begin
    -- In the same order for all.
    for source_name in
        select distinct names.name from unnest(source_names) as names (name) order by names.name
    loop
        perform pg_advisory_xact_lock(hashtextextended('shopflow marts ' || source_name, 0));
    end loop;
end
$$;
comment on procedure marts.lock_sources is 'Waits for other transactions that write the marts of these sources, and locks them until the end of this one.';

create function marts.fill_next(source_names text[]) returns boolean
language plpgsql
-- Called as the loader, which may not write marts itself.
security definer
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
set plan_cache_mode = force_custom_plan
set jit = off
set work_mem = '64MB'
-- The statistics do not contain a new source yet: for its rows, the planner would choose nested loops.
set enable_nestloop = off
as $$
declare
    steps constant text[] := marts.fill_steps();
    source_name text;
    mart text;
    is_started boolean := false;
    next_step integer;
    next_sources text[];
begin
    call marts.lock_sources(source_names);
    foreach source_name in array source_names loop
        -- Another run of the source may have been closed while this one waited for the lock.
        if not exists (select from marts.sources as known where known.source = source_name)
            and (
                not exists (select from etl.mart_fills as filling where filling.source = source_name)
                or exists (
                    select from etl.stale_orders as stale where stale.source = source_name and stale.order_id is null
                )
            )
        then
            is_started := true;
            -- From here on, changes are recorded by order.
            insert into etl.mart_fills (source, filled_marts, total_marts)
            values (source_name, 0, cardinality(steps))
            on conflict on constraint mart_fills_pk do update
            set filled_marts = 0, total_marts = excluded.total_marts;
            delete from etl.stale_orders as stale where stale.source = source_name;
            delete from etl.stale_products as stale where stale.source = source_name;
            for mart in select tablename from pg_tables where schemaname = 'marts' loop
                execute format('delete from marts.%I where source = $1', mart) using source_name;
            end loop;
        end if;
    end loop;
    if is_started then
        return true;
    end if;

    select filling.filled_marts + 1, array_agg(filling.source)
    into next_step, next_sources
    from etl.mart_fills as filling
    where filling.source = any (source_names) and filling.filled_marts < cardinality(steps)
    group by filling.filled_marts
    order by filling.filled_marts
    limit 1;
    if next_step is null then
        return false;
    end if;
    call marts.fill(next_sources, steps[next_step]);
    update etl.mart_fills as filling set filled_marts = next_step where filling.source = any (next_sources);
    return exists (
        select from etl.mart_fills as filling
        where filling.source = any (source_names) and filling.filled_marts < cardinality(steps)
    );
end
$$;
comment on function marts.fill_next is 'Fills the next mart of those of these sources that the marts do not contain; no reader sees it before marts.refresh lists the source in marts.sources. Returns whether to call it again before marts.refresh. The caller may commit after each, however large a source is: what changes meanwhile is recorded, and marts.refresh adds it.';

create function marts.refresh(source_names text[]) returns bigint
language plpgsql
-- Called as the loader, which may not write marts itself.
security definer
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
set plan_cache_mode = force_custom_plan
set jit = off
set work_mem = '64MB'
set enable_nestloop = on
set enable_hashjoin = on
set enable_mergejoin = on
as $$
declare
    -- If more orders than a few changed, and more than one in few_of, reading the whole source is faster than reading each order.
    few_of constant integer := 20;
    few constant integer := 200;
    mart text;
    stale_count bigint;
    is_whole boolean;
    staged text;
begin
    call marts.lock_sources(source_names);
    while marts.fill_next(source_names) loop
    end loop;

    -- Triggers of tables of these names that the caller made would run with the rights of the marts' owner.
    drop table if exists
        pg_temp.taken_orders,
        pg_temp.taken_products,
        pg_temp.touched_sources,
        pg_temp.touched_orders,
        pg_temp.touched_products,
        pg_temp.touched_customers,
        pg_temp.ranked_sources,
        pg_temp.order_counts;
    create temporary table taken_orders (like etl.stale_orders) on commit drop;
    create temporary table taken_products (like etl.stale_products) on commit drop;
    create temporary table touched_sources (source text collate "C" not null) on commit drop;
    create temporary table touched_orders (
        source text collate "C" not null,
        order_id text collate "C" not null
    ) on commit drop;
    create temporary table touched_products (
        source text collate "C" not null,
        product_id text collate "C" not null
    ) on commit drop;
    create temporary table touched_customers (
        source text collate "C" not null,
        customer_id text collate "C" not null
    ) on commit drop;
    create temporary table ranked_sources (source text collate "C" not null) on commit drop;
    create temporary table order_counts (
        source text collate "C" not null,
        orders bigint not null
    ) on commit drop;

    with taken as (
        delete from etl.stale_orders as stale
        where stale.source = any (source_names)
        returning stale.source, stale.order_id
    )
    insert into pg_temp.taken_orders
    select distinct source, order_id from taken;

    with taken as (
        delete from etl.stale_products as stale
        where stale.source = any (source_names)
        returning stale.*
    )
    insert into pg_temp.taken_products
    select * from taken;

    insert into pg_temp.touched_sources
    select source from pg_temp.taken_products
    union
    select source from pg_temp.taken_orders where order_id is null
    union
    select names.name from unnest(source_names) as names (name)
    where names.name not in (select known.source from marts.sources as known);

    -- The products whose lines may have changed: those that are gone, that are new, or of which the name, the category or the
    -- cost at some time differs from before. A row without valid_from is an added version: if a former one was recorded, that
    -- one decides.
    with changed_products as (
        select distinct former.source, former.product_id
        from pg_temp.taken_products as former
        where case
            when former.valid_from is null then
                not exists (
                    select
                    from pg_temp.taken_products as known
                    where known.source = former.source
                        and known.product_id = former.product_id
                        and known.valid_from is not null
                )
            else
                not exists (
                    select
                    from warehouse.dim_products as product
                    where product.source = former.source and product.product_id = former.product_id
                )
                or exists (
                    select
                    from warehouse.dim_products as product
                    where product.source = former.source
                        and product.product_id = former.product_id
                        and product.valid_from < former.valid_to
                        and product.valid_to > former.valid_from
                        and (
                            (product.unit_cost_minor, product.currency)
                            is distinct from (former.unit_cost_minor, former.currency)
                            or (
                                product.is_current
                                and former.valid_to = 'infinity'
                                and (product.name, product.category) is distinct from (former.name, former.category)
                            )
                        )
                )
        end
    ),
    whole_sources as (
        select source from pg_temp.taken_orders where order_id is null
    )
    insert into pg_temp.touched_orders
    select source, order_id from pg_temp.taken_orders where order_id is not null
    union
    select orders.source, orders.order_id
    from whole_sources
    inner join warehouse.fact_orders as orders on orders.source = whole_sources.source
    union
    select held.source, held.order_id
    from whole_sources
    inner join marts.sales_orders as held on held.source = whole_sources.source
    union
    -- Orders that lines, payments or refunds name, but that the warehouse does not have, now or any longer.
    select parts.source, parts.order_id
    from whole_sources
    inner join analytics.left_out_rows as parts on parts.source = whole_sources.source
    where parts.reason = 'order_unknown'
    union
    select held.source, held.order_id
    from whole_sources
    inner join marts.left_out_rows as held on held.source = whole_sources.source
    union
    select held.source, held.order_id
    from changed_products
    inner join marts.sales_items as held
        on held.source = changed_products.source and held.product_id = changed_products.product_id;
    get diagnostics stale_count = row_count;

    if stale_count = 0 and not exists (select from pg_temp.touched_sources) then
        return 0;
    end if;

    foreach mart in array
        marts.rows_of_orders() || array['customer_value', 'segment_sales', 'score_limits', 'catalogue']
    loop
        call marts.make_temporary(mart, mart);
        call marts.make_temporary('gone_' || mart, mart);
    end loop;
    foreach mart in array marts.sums() || array['customers_by_last_order'] loop
        call marts.make_temporary(mart, mart);
    end loop;
    analyze pg_temp.touched_orders;

    -- marts.sources does not have the number of orders of a source that was just filled.
    insert into pg_temp.order_counts
    select held.source, count(*) filter (where held.is_order)
    from marts.sales_orders as held
    where held.source = any (source_names) and held.source not in (select known.source from marts.sources as known)
    group by held.source;

    is_whole := stale_count > few and stale_count * few_of > (
        select coalesce(sum(counts.orders), 0)
        from (
            select held.orders
            from marts.sources as held
            where held.source = any (source_names)
            union all
            select filled.orders
            from pg_temp.order_counts as filled
        ) as counts
    );
    if is_whole then
        -- The statistics do not contain a new source yet: for its rows, the planner would choose nested loops.
        perform set_config('enable_nestloop', 'off', true);
        staged := 'insert into pg_temp.%1$I select computed.* from analytics.%1$I as computed where computed.source = any ($1)'
            || ' and (computed.source, computed.order_id) in (select source, order_id from pg_temp.touched_orders)';
    else
        -- offset 0 makes the planner plan the view for one order, not for all of them. A hash join would then build its hash table,
        -- with all products of the source, once per order.
        perform set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true);
        staged := 'insert into pg_temp.%1$I select computed.* from pg_temp.touched_orders as touched cross join lateral ('
            || 'select * from analytics.%1$I as orders'
            || ' where orders.source = touched.source and orders.order_id = touched.order_id offset 0'
            || ') as computed';
    end if;
    -- One statement, so that all tables have the same snapshot: another run of the source may be in progress.
    execute format(
        'with orders as (%s), items as (%s), unallocated as (%s), refunds as (%s) %s',
        format(staged, 'sales_orders'),
        format(staged, 'sales_items'),
        format(staged, 'unallocated_sales'),
        format(staged, 'sales_refunds'),
        format(staged, 'left_out_rows')
    )
    using source_names;
    perform set_config('enable_hashjoin', 'on', true), set_config('enable_mergejoin', 'on', true);

    if is_whole then
        foreach mart in array marts.rows_of_orders() loop
            execute format('analyze pg_temp.%I', mart);
        end loop;
    end if;

    foreach mart in array marts.rows_of_orders() loop
        call marts.replace_rows(mart, 'touched_orders', array['source', 'order_id']);
        if is_whole then
            execute format('analyze (skip_locked) marts.%I', mart);
        end if;
    end loop;

    insert into pg_temp.touched_customers
    select gone.source, gone.customer_id
    from pg_temp.gone_sales_orders as gone
    where gone.customer_id is not null
    union
    select added.source, added.customer_id
    from pg_temp.sales_orders as added
    where added.customer_id is not null;
    analyze pg_temp.touched_customers;
    insert into pg_temp.order_counts
    select changes.source, sum(changes.orders)
    from (
        select added.source, count(*) filter (where added.is_order) as orders
        from pg_temp.sales_orders as added
        group by added.source
        union all
        select gone.source, - count(*) filter (where gone.is_order)
        from pg_temp.gone_sales_orders as gone
        group by gone.source
    ) as changes
    group by changes.source;

    call marts.stage_orders_of_customers();
    foreach mart in array marts.sums() loop
        call marts.sum_changes(mart);
    end loop;

    call marts.add_customers_to_addresses();
    if is_whole then
        analyze (skip_locked) marts.customer_numbers, marts.customers_by_address;
    end if;

    call marts.value_customers();
    insert into pg_temp.customers_by_last_order (source, currency, last_order, customers)
    select changes.source, changes.currency, changes.last_order, changes.direction * count(*)
    from (
        select -1 as direction, held.source, held.currency, held.last_order_of_any_currency as last_order
        from pg_temp.touched_customers as touched
        inner join marts.customer_value as held
            on held.source = touched.source and held.customer_id = touched.customer_id
        union all
        select 1, computed.source, computed.currency, computed.last_order_of_any_currency
        from pg_temp.customer_value as computed
    ) as changes
    group by changes.direction, changes.source, changes.currency, changes.last_order;
    call marts.replace_rows('customer_value', 'touched_customers', array['source', 'customer_id']);
    if is_whole then
        analyze (skip_locked) marts.customer_value;
    end if;
    -- The customers of all other sources keep their ranks.
    insert into pg_temp.ranked_sources
    select gone.source from pg_temp.gone_customer_value as gone
    union
    select added.source from pg_temp.customer_value as added
    union
    select touched.source
    from pg_temp.touched_sources as touched
    where touched.source not in (select known.source from marts.sources as known);

    foreach mart in array marts.sums() || array['customers_by_last_order'] loop
        execute format('analyze pg_temp.%I', mart);
        call marts.add_sums(mart);
        if is_whole then
            execute format('analyze (skip_locked) marts.%I', mart);
        end if;
    end loop;

    insert into pg_temp.catalogue (source, category, products)
    select products.source, coalesce(products.category, 'unknown'), count(*) filter (where not products.is_inferred)
    from pg_temp.touched_sources as touched
    inner join warehouse.dim_products as products on products.source = touched.source and products.is_current
    group by products.source, coalesce(products.category, 'unknown');
    call marts.replace_rows('catalogue', 'touched_sources', array['source']);

    -- All inferred products of a source that is computed as a whole; of other sources only those that changed, because in a source
    -- without a catalogue every product is inferred.
    with whole_sources as (
        select source from pg_temp.taken_orders where order_id is null
        union
        select touched.source
        from pg_temp.touched_sources as touched
        where touched.source not in (select known.source from marts.sources as known)
    ),
    inferred as (
        select products.source, products.product_id
        from whole_sources
        inner join warehouse.dim_products as products on products.source = whole_sources.source
        where products.is_current and products.is_inferred
    )
    insert into pg_temp.touched_products
    select taken.source, taken.product_id from pg_temp.taken_products as taken
    union
    select inferred.source, inferred.product_id from inferred
    union
    select held.source, held.product_id
    from whole_sources
    inner join marts.inferred_products as held on held.source = whole_sources.source;
    analyze pg_temp.touched_products;
    delete from marts.inferred_products as held
    using pg_temp.touched_products as touched
    where held.source = touched.source
        and held.product_id = touched.product_id
        and not exists (
            select
            from warehouse.dim_products as product
            where product.source = held.source
                and product.product_id = held.product_id
                and product.is_current
                and product.is_inferred
        );
    insert into marts.inferred_products (source, product_id)
    select touched.source, touched.product_id
    from pg_temp.touched_products as touched
    inner join warehouse.dim_products as product
        on product.source = touched.source and product.product_id = touched.product_id
    where product.is_current and product.is_inferred
    on conflict do nothing;

    merge into marts.sources as held
    using (
        select
            names.name as source,
            (
                select max(orders.ordered_on)
                from warehouse.fact_orders as orders
                where orders.source = names.name and not marts.is_standalone_refund(orders.source, orders.order_id)
            ) as newest_order_on,
            coalesce(known.orders, 0) + coalesce(changes.orders, 0) as orders
        from (select distinct unnest(source_names)) as names (name)
        left join marts.sources as known on known.source = names.name
        left join (
            select source, sum(orders) as orders
            from pg_temp.order_counts
            group by source
        ) as changes on changes.source = names.name
    ) as computed
    on held.source = computed.source
    -- Updates the row even if its values stay the same: readers see from its xmin that figures of the source may have changed.
    when matched
        and (
            stale_count > 0
            or (held.newest_order_on, held.orders) is distinct from (computed.newest_order_on, computed.orders)
        ) then
        update set newest_order_on = computed.newest_order_on, orders = computed.orders
    when not matched then
        insert (source, newest_order_on, orders) values (computed.source, computed.newest_order_on, computed.orders);

    delete from etl.mart_fills as filled
    where filled.source = any (source_names);

    -- Comes after the merge into marts.sources, because segments depend on the source's newest day.
    with ranked as materialized (
        select segments.*
        from analytics.customer_segments as segments
        where segments.source = any (array(select source from pg_temp.ranked_sources))
    ),
    limits as (
        insert into pg_temp.score_limits (source, currency, score, last_order, orders, spent_minor)
        select
            best.source,
            best.currency,
            coalesce(best.recency, best.frequency, best.monetary),
            max(sources.newest_order_on - best.days) filter (where best.recency is not null),
            max(best.orders) filter (where best.frequency is not null),
            max(best.spent_minor) filter (where best.monetary is not null)
        from (
            select
                ranked.source,
                ranked.currency,
                ranked.recency,
                ranked.frequency,
                ranked.monetary,
                min(ranked.days_since_last_order) as days,
                max(ranked.orders) as orders,
                max(ranked.spent_minor) as spent_minor
            from ranked
            group by grouping sets (
                (ranked.source, ranked.currency, ranked.recency),
                (ranked.source, ranked.currency, ranked.frequency),
                (ranked.source, ranked.currency, ranked.monetary)
            )
        ) as best
        inner join marts.sources as sources on sources.source = best.source
        group by best.source, best.currency, coalesce(best.recency, best.frequency, best.monetary)
    )
    insert into pg_temp.segment_sales (source, currency, segment, customers, orders, spent_minor)
    select ranked.source, ranked.currency, ranked.segment, count(*), sum(ranked.orders), sum(ranked.spent_minor)
    from ranked
    group by ranked.source, ranked.currency, ranked.segment;
    call marts.replace_rows('segment_sales', 'ranked_sources', array['source']);
    call marts.replace_rows('score_limits', 'ranked_sources', array['source']);

    return stale_count;
end
$$;
comment on function marts.refresh is 'Brings the marts of these sources up to date with the star, at the cost of what changed since the last time. Returns the number of orders that were computed anew.';

create function marts.rebuild(source_names text[]) returns bigint
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    mart text;
begin
    call marts.lock_sources(source_names);
    for mart in select tablename from pg_tables where schemaname = 'marts' loop
        execute format('delete from marts.%I where source = any ($1)', mart) using source_names;
    end loop;
    insert into etl.stale_orders (source)
    select distinct unnest(source_names);
    return marts.refresh(source_names);
end
$$;
comment on function marts.rebuild is 'Empties the marts of these sources and fills them anew.';

revoke execute on all functions in schema marts from public;
revoke execute on all procedures in schema marts from public;
grant execute on function marts.fill_next to shopflow_loader;
grant execute on function marts.refresh to shopflow_loader;
grant execute on function marts.rebuild to shopflow_loader;
-- Readers call these in queries of sums.
grant execute on function marts.period_of to public;
grant execute on function marts.period_after to public;
grant execute on function marts.periods to public;

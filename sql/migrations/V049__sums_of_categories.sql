-- A page of one category reads sums too: how many orders and customers have something of it, and where they were sent to.

alter table marts.sums_by_category
add column orders bigint not null default 0,
add column anonymous_orders bigint not null default 0,
add column spent_minor numeric not null default 0;
comment on column marts.sums_by_category.orders is 'Orders with a line of the category.';
comment on column marts.sums_by_category.anonymous_orders is 'Orders of these whose customer is unknown.';
comment on column marts.sums_by_category.spent_minor is 'Net sales of lines whose customer is known.';

alter table marts.sums_by_region
add column category text not null default '',
drop constraint sums_by_region_pk,
add constraint sums_by_region_pk primary key (source, currency, category, grain, period, country, region);
comment on table marts.sums_by_region is 'Sales by day, month and year of the order, and by where it was sent to; of all lines, and of those of each category.';
comment on column marts.sums_by_region.category is 'Current category of the products; empty for whole orders.';
comment on column marts.sums_by_region.orders is 'Orders that count as a sale and have a line of the category.';
comment on column marts.sums_by_region.net_minor is 'Net sales of these orders or lines.';

alter table marts.customer_gaps
add column category text not null default '',
drop constraint customer_gaps_pk,
add constraint customer_gaps_pk primary key (
    source, currency, category, kind, later_grain, earlier_grain, later, earlier
);
comment on table marts.customer_gaps is 'The number of customers with an order in one period and the order before it in another, of which analytics.customers_between adds up the customers of any range of days.';
comment on column marts.customer_gaps.category is 'Category that the orders have a line of; empty for all orders.';
comment on column marts.customer_gaps.kind is 'again: a day with an order in the currency and of the category, and the last one before it. first: the day of a customer''s first order in any currency, if it is in this currency and of this category. second: the day of the second order of any kind, and that of the first, which is in this currency and of this category and may be on the same day.';

create or replace procedure marts.sum_changes()
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into pg_temp.sums_by_day (
        source, currency, business_date, orders, orders_with_lines, anonymous_orders, gross_minor, discount_minor,
        refunded_minor, net_minor, net_with_lines_minor, spent_minor, shipping_minor, fees_minor, tax_minor,
        refunded_other_minor, kept_minor, net_of_lines_minor, unsigned_minor, covered_lines, covered_minor, profit_minor
    )
    select
        source,
        currency,
        business_date,
        direction * count(*),
        direction * count(*) filter (where item_count > 0),
        direction * count(*) filter (where customer_id is null),
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

    -- What lines add to the sums of their orders' day.
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

    insert into pg_temp.sums_by_product (
        source, currency, grain, period, category, product_id, name, lines, units, net_minor, unsigned_minor,
        covered_lines, covered_minor, profit_minor
    )
    with thirds as (
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
            direction * coalesce(sum(profit_minor), 0) as profit_minor
        from (
            select -1 as direction, gone.* from pg_temp.gone_sales_items as gone
            union all
            select 1, added.* from pg_temp.sales_items as added
        ) as changes
        group by
            direction, source, currency, marts.period_of(business_date, 'third'), category,
            coalesce(product_id, ''), coalesce(name, '')
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
        sum(profit_minor)
    from thirds
    cross join (values ('third'), ('month'), ('quarter'), ('year')) as grains (grain)
    group by source, currency, grain, marts.period_of(third, grain), category, product_id, name;

    analyze pg_temp.sales_orders, pg_temp.gone_sales_orders, pg_temp.sales_items, pg_temp.gone_sales_items;

    -- The category of a line may have changed without its order.
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
    -- The orders of the customers concerned, and those concerned themselves, as they are (1) and as they were (-1).
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

    insert into pg_temp.sums_by_region (
        source, currency, grain, period, country, region, orders, net_minor, category
    )
    with days as (
        select
            source,
            currency,
            '' as category,
            business_date,
            country,
            region,
            sum(direction) as orders,
            sum(direction * net_minor) as net_minor
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
            sum(direction * categories.net_minor)
        from pg_temp.categories_of_both as categories
        inner join pg_temp.orders_of_both as orders using (direction, source, order_id)
        group by source, currency, category, business_date, country, region
    )
    select
        source,
        currency,
        grain,
        marts.period_of(business_date, grain),
        country,
        region,
        sum(orders),
        sum(net_minor),
        category
    from days
    cross join (values ('day'), ('month'), ('year')) as grains (grain)
    where orders <> 0 or net_minor <> 0
    group by source, currency, category, grain, marts.period_of(business_date, grain), country, region;

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
        where customer_id is not null
        -- Of two first orders on a day one counts as the first, the same one whenever it is looked at.
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
end
$$;

drop function analytics.customers_between;
create function analytics.customers_between(
    source_name text, currency_code text, first_day date, last_day date, category_name text default '',
    out customers bigint, out returning_customers bigint
)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    with ranges (kind, earlier_grain, earliest, latest) as (
        values
            ('again', 'month', '-infinity'::date, marts.period_of(first_day, 'month') - 1),
            ('again', 'day', marts.period_of(first_day, 'month'), first_day - 1),
            ('first', 'month', '-infinity', '-infinity'),
            -- Who first ordered in the range returns if the second order is in it too.
            ('second', 'day', first_day, marts.period_after(marts.period_of(first_day, 'month'), 'month') - 1),
            ('second', 'month', marts.period_after(marts.period_of(first_day, 'month'), 'month'), last_day)
    )
    select
        coalesce(sum(gaps.customers) filter (where gaps.kind = 'again'), 0)::bigint,
        coalesce(sum(case when gaps.kind = 'first' then - gaps.customers else gaps.customers end), 0)::bigint
    from marts.periods(first_day, last_day, array['month', 'day']) as periods
    cross join ranges
    inner join marts.customer_gaps as gaps
        -- With the collations of the key: arguments have the one of whatever column is passed, and the index would not be used.
        on gaps.source = source_name collate "C"
        and gaps.currency = currency_code collate "default"
        and gaps.category = category_name collate "default"
        and gaps.kind = ranges.kind
        and gaps.later_grain = periods.grain
        and gaps.earlier_grain = ranges.earlier_grain
        and gaps.later = periods.period
        and gaps.earlier between ranges.earliest and ranges.latest;
$$;
comment on function analytics.customers_between is 'The number of different customers of a source who ordered something of the category from the first to the last day in the currency, and the number of these who have another order until the last day, in any currency and category. An empty category is any.';

-- The sums are filled anew from the rows of the marts, without a look at the star.
do $$
declare
    source_name text;
    mart text;
begin
    -- A refresh that began before ends first.
    for source_name in
        select distinct runs.source from etl.runs as runs order by runs.source
    loop
        perform pg_advisory_xact_lock(hashtextextended('shopflow marts ' || source_name, 0));
    end loop;
    truncate marts.sums_by_day, marts.sums_by_category, marts.sums_by_region, marts.sums_by_product, marts.customer_gaps;

    foreach mart in array array['sales_orders', 'sales_items'] loop
        call marts.make_temporary(mart, mart);
        call marts.make_temporary('gone_' || mart, mart);
        execute format('insert into pg_temp.%1$I select * from marts.%1$I', mart);
        execute format('analyze pg_temp.%I', mart);
    end loop;
    foreach mart in array array[
        'sums_by_day', 'sums_by_category', 'sums_by_region', 'sums_by_product', 'customer_gaps'
    ] loop
        call marts.make_temporary(mart, mart);
    end loop;
    create temporary table touched_customers on commit drop as
    select distinct source, customer_id
    from marts.sales_orders
    where customer_id is not null;
    analyze pg_temp.touched_customers;

    call marts.sum_changes();

    foreach mart in array array[
        'sums_by_day', 'sums_by_category', 'sums_by_region', 'sums_by_product', 'customer_gaps'
    ] loop
        call marts.add_sums(mart);
    end loop;
end
$$;

analyze marts.sums_by_day, marts.sums_by_category, marts.sums_by_region, marts.sums_by_product, marts.customer_gaps;

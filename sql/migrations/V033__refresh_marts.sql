-- How the marts follow the star. Statements about a mart are made of its columns and its key, so that a new column is named in its
-- view and nowhere else.

-- Each expression made of a column's name, joined.
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

create procedure marts.replace_rows(mart text, touched text, touched_key text[])
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    same_key constant text := marts.joined(marts.key_of(mart), 'said.%1$I = held.%1$I', ' and ');
begin
    execute format(
        'delete from marts.%1$I as held using pg_temp.%2$I as touched where %3$s and not exists ('
        || 'select from pg_temp.%1$I as said where %4$s and said is not distinct from held)',
        mart,
        touched,
        marts.joined(touched_key, 'held.%1$I = touched.%1$I', ' and '),
        same_key
    );
    execute format(
        'insert into marts.%1$I select said.* from pg_temp.%1$I as said'
        || ' where not exists (select from marts.%1$I as held where %2$s) order by %3$s',
        mart,
        same_key,
        marts.joined(marts.key_of(mart), 'said.%1$I', ', ')
    );
end
$$;
comment on procedure marts.replace_rows is 'Makes the rows of a mart that have a touched key those of the temporary table of the same name. Rows that are the same already are not written.';

create function marts.refresh(source_names text[]) returns bigint
language plpgsql
-- Whoever closes a run calls it as the loader, who writes no mart.
security definer
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
set plan_cache_mode = force_custom_plan
set jit = off
set work_mem = '64MB'
set enable_nestloop = on
as $$
declare
    -- Of more orders than one in so many, a whole source is looked at once rather than each order for itself.
    few_of constant integer := 20;
    few constant integer := 200;
    rows_of_orders constant text[] := array['sales_orders', 'sales_items', 'sales_rests', 'sales_refunds'];
    mart text;
    source_name text;
    stale_count bigint;
    is_whole boolean;
    staged text;
begin
    -- Two runs of one source that are closed at once wait for each other, in the same order for all.
    for source_name in
        select distinct names.name from unnest(source_names) as names (name) order by names.name
    loop
        perform pg_advisory_xact_lock(hashtextextended('shopflow marts ' || source_name, 0));
    end loop;

    -- Dropped first: triggers of a table that the caller made would run with the rights of the marts' owner.
    drop table if exists
        pg_temp.taken_orders,
        pg_temp.taken_products,
        pg_temp.touched_sources,
        pg_temp.touched_orders,
        pg_temp.touched_customers,
        pg_temp.order_counts;
    create temporary table taken_orders (like etl.stale_orders) on commit drop;
    create temporary table taken_products (like etl.stale_products) on commit drop;
    create temporary table touched_sources (source text collate "C" not null) on commit drop;
    create temporary table touched_orders (
        source text collate "C" not null,
        order_id text collate "C" not null
    ) on commit drop;
    create temporary table touched_customers (
        source text collate "C" not null,
        customer_id text collate "C" not null
    ) on commit drop;
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

    -- A product concerns its lines if its name, its category or its cost at some time is another than it was. What was added is
    -- one of its new versions, or a product that was gone.
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
    select held.source, held.order_id
    from changed_products
    inner join marts.sales_items as held
        on held.source = changed_products.source and held.product_id = changed_products.product_id;
    get diagnostics stale_count = row_count;

    if stale_count = 0 and not exists (select from pg_temp.touched_sources) then
        return 0;
    end if;

    foreach mart in array rows_of_orders || array['customer_value', 'catalogue'] loop
        execute format('drop table if exists pg_temp.%I', mart);
        execute format('create temporary table %1$I (like marts.%1$I) on commit drop', mart);
    end loop;
    analyze pg_temp.touched_orders;

    is_whole := stale_count > few and stale_count * few_of > (
        select coalesce(sum(held.orders), 0)
        from marts.sources as held
        where held.source = any (source_names)
    );
    if is_whole then
        -- For a source that is new the planner expects hardly any row.
        perform set_config('enable_nestloop', 'off', true);
        staged := 'insert into pg_temp.%1$I select said.* from analytics.%1$I as said where said.source = any ($1)'
            || ' and (said.source, said.order_id) in (select source, order_id from pg_temp.touched_orders)';
    else
        -- offset 0: the view is planned for one order, and not for all of them.
        staged := 'insert into pg_temp.%1$I select said.* from pg_temp.touched_orders as touched cross join lateral ('
            || 'select * from analytics.%1$I as orders'
            || ' where orders.source = touched.source and orders.order_id = touched.order_id offset 0'
            || ') as said';
    end if;
    -- One statement, so that all tables show the same instant: another run of the source may be going on.
    execute format(
        'with orders as (%s), items as (%s), rests as (%s) %s',
        format(staged, 'sales_orders'),
        format(staged, 'sales_items'),
        format(staged, 'sales_rests'),
        format(staged, 'sales_refunds')
    )
    using source_names;

    insert into pg_temp.touched_customers
    select held.source, held.customer_id
    from pg_temp.touched_orders as touched
    inner join marts.sales_orders as held on held.source = touched.source and held.order_id = touched.order_id
    where held.customer_id is not null
    union
    select said.source, said.customer_id
    from pg_temp.sales_orders as said
    where said.customer_id is not null;
    if is_whole then
        foreach mart in array rows_of_orders loop
            execute format('analyze pg_temp.%I', mart);
        end loop;
    end if;
    analyze pg_temp.touched_customers;
    insert into pg_temp.order_counts
    select counts.source, sum(counts.orders)
    from (
        select said.source, count(*) as orders
        from pg_temp.sales_orders as said
        group by said.source
        union all
        select held.source, - count(*)
        from pg_temp.touched_orders as touched
        inner join marts.sales_orders as held on held.source = touched.source and held.order_id = touched.order_id
        group by held.source
    ) as counts
    group by counts.source;

    foreach mart in array rows_of_orders loop
        call marts.replace_rows(mart, 'touched_orders', array['source', 'order_id']);
        if is_whole then
            execute format('analyze (skip_locked) marts.%I', mart);
        end if;
    end loop;

    insert into pg_temp.customer_value (
        source, customer_id, currency, orders, spent_minor, first_order, last_order
    )
    select
        orders.source,
        orders.customer_id,
        orders.currency,
        count(*),
        sum(orders.net_minor),
        min(orders.business_date),
        max(orders.business_date)
    from pg_temp.touched_customers as touched
    inner join marts.sales_orders as orders
        on orders.source = touched.source and orders.customer_id = touched.customer_id
    group by orders.source, orders.customer_id, orders.currency;
    call marts.replace_rows('customer_value', 'touched_customers', array['source', 'customer_id']);

    insert into pg_temp.catalogue (source, category, products)
    select products.source, coalesce(products.category, 'unknown'), count(*)
    from pg_temp.touched_sources as touched
    inner join warehouse.dim_products as products on products.source = touched.source and products.is_current
    group by products.source, coalesce(products.category, 'unknown');
    call marts.replace_rows('catalogue', 'touched_sources', array['source']);

    merge into marts.sources as held
    using (
        select
            names.name as source,
            (
                select max(orders.ordered_on)
                from warehouse.fact_orders as orders
                where orders.source = names.name
            ) as newest_order_on,
            coalesce(known.orders, 0) + coalesce(changes.orders, 0) as orders
        from (select distinct unnest(source_names)) as names (name)
        left join marts.sources as known on known.source = names.name
        left join pg_temp.order_counts as changes on changes.source = names.name
    ) as said
    on held.source = said.source
    -- Also where nothing differs here: readers see by the row's version that figures of the source may have changed.
    when matched
        and (
            stale_count > 0
            or (held.newest_order_on, held.orders) is distinct from (said.newest_order_on, said.orders)
        ) then
        update set newest_order_on = said.newest_order_on, orders = said.orders
    when not matched then
        insert (source, newest_order_on, orders) values (said.source, said.newest_order_on, said.orders);

    return stale_count;
end
$$;
comment on function marts.refresh is 'Brings the marts of these sources up to date with the star, at the cost of what changed since the last time. Returns the number of orders that were looked at.';

create function marts.rebuild(source_names text[]) returns bigint
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    mart text;
begin
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
grant execute on function marts.refresh to shopflow_loader;
grant execute on function marts.rebuild to shopflow_loader;

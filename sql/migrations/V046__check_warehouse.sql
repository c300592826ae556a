-- The sanity suite of the warehouse: etl.check_warehouse finds what a mistake, a restore or a correction by hand has damaged. A
-- warehouse that only load and migrate have written has no findings, also in the middle of a run.
create function etl.tables_of_streams()
returns table (stream text, relation text, key text, is_dimension boolean, is_historical boolean)
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
    values
        ('customers', 'warehouse.dim_customers', 'customer_id', true, true),
        ('products', 'warehouse.dim_products', 'product_id', true, true),
        ('sellers', 'warehouse.dim_sellers', 'seller_id', true, false),
        ('orders', 'warehouse.fact_orders', 'order_id', false, false),
        ('order_items', 'warehouse.fact_order_items', 'order_item_id', false, false),
        ('payments', 'warehouse.fact_payments', 'payment_id', false, false),
        ('refunds', 'warehouse.fact_refunds', 'refund_id', false, false),
        ('reviews', 'warehouse.fact_reviews', 'review_id', false, false)
$$;
comment on function etl.tables_of_streams is 'The table of the star that each stream is loaded into, and the column of its id.';

create function etl.check_rows(source_names text[])
returns table (rule text, source text, relation text, rows bigint, example text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
    loaded record;
begin
    for loaded in select * from etl.tables_of_streams() loop
        -- Rows are never deleted: those that are gone at their source stay as tombstones. A part that restores was counted before.
        return query execute format(
            $sql$
            with counted as (
                select ledger.source, ledger.inserted
                from etl.part_ledger as ledger
                where ledger.stream = $1 and ledger.source = any ($2)
                union all
                select runs.source, late.inserted
                from etl.late_parts as late
                inner join etl.runs as runs using (run_id)
                where late.stream = $1 and runs.source = any ($2) and late.applied and not late.restores
            ),
            inserted as (
                select source, sum(inserted)::bigint as rows from counted group by source
            ),
            present as (
                select held.source, count(distinct held.%2$I) as rows
                from %1$s as held
                where held.source = any ($2) and %3$s
                group by held.source
            )
            select 'rows_lost', inserted.source, %4$L, inserted.rows - coalesce(present.rows, 0), null::text
            from inserted
            left join present using (source)
            where inserted.rows > coalesce(present.rows, 0)
            $sql$,
            loaded.relation,
            loaded.key,
            case when loaded.is_dimension then 'not held.is_inferred' else 'true' end,
            loaded.relation
        )
        using loaded.stream, source_names;

        return query execute format(
            $sql$
            select
                'rows_unexplained',
                held.source,
                %1$L,
                count(*),
                min(%3$s)
            from %1$s as held
            where held.source = any ($2)
                and %2$s
                and not exists (
                    select
                    from etl.part_ledger as ledger
                    where ledger.run_id = held.run_id and ledger.stream = $1 and ledger.part = held.part
                )
                and not exists (
                    select
                    from etl.late_parts as late
                    where late.run_id = held.run_id and late.stream = $1 and late.part = held.part and late.applied
                )
                -- A part that is missing in its ledger has its own finding.
                and not exists (
                    select
                    from etl.run_parts as parts
                    where parts.run_id = held.run_id and parts.stream = $1 and parts.part = held.part
                )
            group by held.source
            $sql$,
            loaded.relation,
            case when loaded.is_dimension then 'not held.is_inferred' else 'true' end,
            -- The id of a customer may be the pseudonym of a person.
            case
                when loaded.stream = 'customers' then $q$format('run %s, part %s, row %s', held.run_id, held.part, held.source_row)$q$
                else format('held.%I', loaded.key)
            end
        )
        using loaded.stream, source_names;

        if loaded.is_historical then
            return query execute format(
                $sql$
                with versions as (
                    select
                        held.source,
                        held.%2$I as id,
                        held.valid_from,
                        held.valid_to,
                        held.run_id,
                        held.part,
                        held.source_row,
                        lag(held.valid_to) over history as former_to,
                        lead(held.valid_from) over history as next_from
                    from %1$s as held
                    where held.source = any ($1)
                    window history as (partition by held.source, held.%2$I order by held.valid_from, held.valid_to)
                )
                select
                    'history_broken',
                    versions.source,
                    %1$L,
                    count(distinct versions.id),
                    min(%3$s)
                from versions
                where versions.valid_from <> coalesce(versions.former_to, '-infinity')
                    or versions.valid_to <> coalesce(versions.next_from, 'infinity')
                group by versions.source
                $sql$,
                loaded.relation,
                loaded.key,
                case
                    when loaded.stream = 'customers' then
                        $q$format('run %s, part %s, row %s', versions.run_id, versions.part, versions.source_row)$q$
                    else 'versions.id'
                end
            )
            using source_names;
        end if;
    end loop;

    return query
    select 'dimension_missing', orders.source, 'warehouse.dim_customers', count(distinct orders.customer_id), 'order ' || min(orders.order_id)
    from warehouse.fact_orders as orders
    where orders.source = any (source_names)
        and orders.customer_id is not null
        and not exists (
            select
            from warehouse.dim_customers as held
            where held.source = orders.source and held.customer_id = orders.customer_id
        )
    group by orders.source
    union all
    select 'dimension_missing', facts.source, 'warehouse.dim_products', count(distinct facts.product_id), min(facts.product_id)
    from (
        select items.source, items.product_id from warehouse.fact_order_items as items
        union all
        select reviews.source, reviews.product_id from warehouse.fact_reviews as reviews
    ) as facts
    where facts.source = any (source_names)
        and facts.product_id is not null
        and not exists (
            select
            from warehouse.dim_products as held
            where held.source = facts.source and held.product_id = facts.product_id
        )
    group by facts.source
    union all
    select 'dimension_missing', items.source, 'warehouse.dim_sellers', count(distinct items.seller_id), min(items.seller_id)
    from warehouse.fact_order_items as items
    where items.source = any (source_names)
        and items.seller_id is not null
        and not exists (
            select
            from warehouse.dim_sellers as held
            where held.source = items.source and held.seller_id = items.seller_id
        )
    group by items.source;
end
$$;
comment on function etl.check_rows is 'Rows of the star that are lost or that no ledger explains, broken histories, and facts without their dimension.';

create function etl.check_ledgers(source_names text[])
returns table (rule text, source text, relation text, rows bigint, example text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    select
        'part_not_in_ledger',
        runs.source,
        'etl.part_ledger',
        count(*),
        min(format('run %s, %s, part %s', parts.run_id, parts.stream, parts.part))
    from etl.run_parts as parts
    inner join etl.runs as runs using (run_id)
    where runs.source = any (source_names)
        and runs.status <> 'running'
        and not exists (
            select
            from etl.part_ledger as ledger
            where ledger.run_id = parts.run_id and ledger.stream = parts.stream and ledger.part = parts.part
        )
    group by runs.source
    union all
    select 'run_not_balanced', ledger.source, 'etl.run_ledger', count(distinct ledger.run_id), min('run ' || ledger.run_id)
    from etl.run_ledger as ledger
    where ledger.source = any (source_names)
        and ledger.status = 'complete'
        and not ledger.balanced
        and ledger.missing_parts = 0
    group by ledger.source
    union all
    select 'run_open', runs.source, 'etl.runs', count(*), min('run ' || runs.run_id)
    from etl.runs as runs
    where runs.source = any (source_names)
        and runs.status = 'running'
        and runs.started_at < now() - interval '1 day'
    group by runs.source
    union all
    select
        'restore_waiting',
        runs.source,
        'etl.parts_to_restore',
        count(*),
        min(format('run %s, %s, part %s', parts.run_id, parts.stream, parts.part))
    from etl.parts_to_restore as parts
    inner join etl.runs as runs using (run_id)
    where runs.source = any (source_names)
    group by runs.source
    union all
    select 'marts_not_refreshed', stale.source, stale.relation, count(*), min(stale.example)
    from (
        select orders.source, 'etl.stale_orders' as relation, 'order ' || orders.order_id as example
        from etl.stale_orders as orders
        union all
        select products.source, 'etl.stale_products', 'product ' || products.product_id
        from etl.stale_products as products
    ) as stale
    where stale.source = any (source_names)
        and exists (
            select from etl.runs as runs where runs.source = stale.source and runs.status <> 'running'
        )
        -- The close of a run in progress refreshes them.
        and not exists (
            select
            from etl.runs as runs
            where runs.source = stale.source and runs.status = 'running' and runs.started_at >= now() - interval '1 day'
        )
    group by stale.source, stale.relation
$$;
comment on function etl.check_ledgers is 'Ledgers that lack a part or do not balance, runs that do not end, and changes that the marts do not show.';

create function etl.check_definitions()
returns table (rule text, source text, relation text, rows bigint, example text)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select distinct 'relation_dropped', ''::text, format('%I.%I', schema_name, definitions.relation), 1::bigint, null::text
    from etl.definitions
    where to_regclass(format('%I.%I', schema_name, definitions.relation)) is null
$$;
comment on function etl.check_definitions is 'Marts, and views of analytics, that were dropped.';

create function etl.check_marts(source_names text[])
returns table (rule text, source text, relation text, rows bigint, example text)
language plpgsql
-- Adds up sums in temporary tables, as marts.refresh does.
security definer
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
set enable_nestloop = off
set jit = off
set work_mem = '64MB'
as $$
declare
    closed constant text[] := array(
        select distinct runs.source
        from etl.runs as runs
        where runs.source = any (source_names) and runs.status <> 'running'
    );
    -- Of the others, marts and star differ until they are refreshed.
    fresh constant text[] := array(
        select names.name
        from unnest(closed) as names (name)
        where names.name not in (select stale.source from etl.stale_orders as stale)
            and names.name not in (select stale.source from etl.stale_products as stale)
    );
    compared constant text := $sql$
        with expected as materialized (%1$s),
        found as materialized (select * from marts.%2$I where source = any ($1)),
        different as (
            (table found except all table expected)
            union all
            (table expected except all table found)
        )
        select 'mart_differs', source, 'marts.' || %2$L, count(distinct (%3$s)), min(%4$s)
        from different
        group by source
    $sql$;
    mart text;
begin
    foreach mart in array marts.rows_of_orders() loop
        return query execute format(
            compared,
            format('select * from analytics.%I where source = any ($1) and order_id is not null', mart),
            mart,
            marts.joined(marts.key_of(mart), '%1$I', ', '),
            $q$'order ' || order_id$q$
        )
        using fresh;
    end loop;

    foreach mart in array array['sales_orders', 'sales_items'] loop
        call marts.make_temporary(mart, mart);
        call marts.make_temporary('gone_' || mart, mart);
        execute format('insert into pg_temp.%1$I select * from marts.%1$I where source = any ($1)', mart) using closed;
        execute format('analyze pg_temp.%I', mart);
    end loop;
    foreach mart in array marts.sums() loop
        call marts.make_temporary(mart, mart);
    end loop;
    drop table if exists pg_temp.touched_customers;
    create temporary table touched_customers on commit drop as
    select distinct orders.source, orders.customer_id
    from pg_temp.sales_orders as orders
    where orders.customer_id is not null;
    analyze pg_temp.touched_customers;
    call marts.stage_orders_of_customers();
    foreach mart in array marts.sums() loop
        call marts.sum_changes(mart);
        return query execute format(
            compared,
            format(
                'select %1$s, %2$s from pg_temp.%3$I group by %1$s having %4$s',
                marts.joined(marts.key_of(mart), '%1$I', ', '),
                marts.joined(
                    array(
                        select attname::text
                        from pg_attribute
                        where attrelid = format('marts.%I', mart)::regclass
                            and attname::text = any (marts.measures_of(mart))
                        order by attnum
                    ),
                    '(sum(%1$I))',
                    ', '
                ),
                mart,
                marts.joined(marts.measures_of(mart), 'sum(%1$I) <> 0', ' or ')
            ),
            mart,
            marts.joined(marts.key_of(mart), '%1$I', ', '),
            case mart
                when 'sums_by_product' then $q$concat_ws(' ', period, product_id)$q$
                when 'sums_by_region' then $q$concat_ws(' ', period, region)$q$
                when 'sums_by_postcode_area' then $q$concat_ws(' ', period, country, postcode_area)$q$
                when 'customer_gaps' then 'later::text'
                when 'cohorts' then $q$concat_ws(' ', cohort, month)$q$
                else 'business_date::text'
            end
        )
        using closed;
    end loop;

    return query execute format(
        compared,
        $q$
            select
                source, customer_id, currency, count(*) filter (where is_order), sum(net_minor),
                min(business_date) filter (where is_order), max(business_date) filter (where is_order),
                min(min(business_date) filter (where is_order)) over (partition by source, customer_id),
                max(max(business_date) filter (where is_order)) over (partition by source, customer_id)
            from pg_temp.sales_orders
            where customer_id is not null
            group by source, customer_id, currency
            having bool_or(is_order)
        $q$,
        'customer_value',
        'customer_id, currency',
        $q$currency || ', first order ' || first_order$q$
    )
    using closed;
    return query execute format(
        compared,
        $q$
            select source, currency, last_order, count(*)
            from (
                select
                    source,
                    currency,
                    max(max(business_date)) over (partition by source, customer_id) as last_order
                from pg_temp.sales_orders
                where customer_id is not null and is_order
                group by source, customer_id, currency
            ) as customers
            group by source, currency, last_order
        $q$,
        'customers_by_last_order',
        'currency, last_order',
        'last_order::text'
    )
    using closed;
    -- A customer without a number has no bit, so the blocks are compared with those of the customers that have an order.
    return query execute format(
        compared,
        $q$
            select
                source,
                currency,
                grain,
                marts.period_of(business_date, grain),
                country,
                region,
                coalesce(postcode_area, 'unknown'),
                coalesce(customer_number / 1024, -1),
                bit_or(set_bit(b'0'::bit(1024), coalesce(customer_number % 1024, 0), 1))::bit(1024)
            from (
                select distinct source, currency, business_date, country, region, postcode_area, customer_id
                from pg_temp.sales_orders
                where customer_id is not null and is_order
            ) as orders
            left join marts.customer_numbers as numbers using (source, customer_id)
            cross join (values ('day'), ('third'), ('month'), ('year')) as grains (grain)
            group by 1, 2, 3, 4, 5, 6, 7, 8
        $q$,
        'customers_by_address',
        'currency, grain, period, country, region, postcode_area, block',
        $q$concat_ws(' ', period, country, postcode_area)$q$
    )
    using closed;
    return query execute format(
        compared,
        $q$
            select source, currency, segment, count(*), sum(orders), sum(spent_minor)
            from analytics.customer_segments
            where source = any ($1)
            group by source, currency, segment
        $q$,
        'segment_sales',
        'currency, segment',
        'segment'
    )
    using closed;
    return query execute format(
        compared,
        $q$
            select
                source,
                currency,
                score,
                max(newest_order_on - days_since_last_order) filter (where recency = score),
                max(segments.orders) filter (where frequency = score),
                max(spent_minor) filter (where monetary = score)
            from analytics.customer_segments as segments
            inner join marts.sources using (source)
            cross join generate_series(1, 5) as score
            where source = any ($1) and score in (recency, frequency, monetary)
            group by source, currency, score
        $q$,
        'score_limits',
        'currency, score',
        $q$concat_ws(' ', currency, score)$q$
    )
    using closed;
    return query execute format(
        compared,
        $q$
            select source, coalesce(category, 'unknown'), count(*) filter (where not is_inferred)
            from warehouse.dim_products
            where source = any ($1) and is_current
            group by source, coalesce(category, 'unknown')
        $q$,
        'catalogue',
        'category',
        'category'
    )
    using fresh;
    return query execute format(
        compared,
        'select source, product_id from warehouse.dim_products where source = any ($1) and is_current and is_inferred',
        'inferred_products',
        'product_id',
        'product_id'
    )
    using fresh;
    return query execute format(
        compared,
        $q$
            select
                names.name as source,
                (
                    select max(ordered_on)
                    from warehouse.fact_orders as orders
                    where orders.source = names.name and not marts.is_standalone_refund(orders.source, orders.order_id)
                ),
                (select count(*) from pg_temp.sales_orders as orders where orders.source = names.name and is_order)
            from unnest($1) as names (name)
        $q$,
        'sources',
        'source',
        'newest_order_on::text'
    )
    using fresh;

    -- Identities of the figures. A run's own doubts, which the source causes, are on its page.
    return query
    select findings.rule, names.name, 'marts.sales_orders', findings.rows, findings.example
    from unnest(closed) as names (name)
    cross join lateral etl.findings_of(names.name) as findings
    where findings.rule in ('gross_to_net', 'products_and_orders', 'order_dates_and_refund_dates')
    union all
    select 'regions_and_orders', days.source, 'marts.sums_by_region', count(*), min(days.currency)
    from (
        select held.source, held.currency, sum(held.net_minor) as net_minor
        from marts.sums_by_day as held
        where held.source = any (closed)
        group by held.source, held.currency
    ) as days
    full join (
        select held.source, held.currency, sum(held.net_minor) as net_minor
        from marts.sums_by_region as held
        where held.source = any (closed) and held.category = '' and held.grain = 'month'
        group by held.source, held.currency
    ) as regions
        on regions.source = days.source and regions.currency = days.currency
    where days.net_minor is distinct from regions.net_minor and days.source is not null
    group by days.source;
end
$$;
comment on function etl.check_marts is 'Marts that differ from what they are computed from, and identities of the figures that do not hold.';

create function etl.check_statistics()
returns table (rule text, source text, relation text, rows bigint, example text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
    watched record;
    found bigint;
begin
    for watched in
        select pg_class.oid::regclass::text as name, greatest(reltuples, 0) as known
        from pg_class
        where pg_class.oid in (select to_regclass(streams.relation) from etl.tables_of_streams() as streams)
    loop
        execute format('select count(*) from %s', watched.name) into found;
        -- Of a small table any plan is good.
        if found + 100 > 10 * (watched.known + 100) or watched.known + 100 > 10 * (found + 100) then
            return query select 'statistics_old', ''::text, watched.name, found, format('%s rows expected', watched.known);
        end if;
    end loop;
end
$$;
comment on function etl.check_statistics is 'Tables of which the planner expects ten times as many rows as there are, or a tenth.';

create function etl.renew_statistics() returns void
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    old_one record;
begin
    for old_one in select relation from etl.check_statistics() loop
        execute format('analyze %s', old_one.relation);
    end loop;
end
$$;
comment on function etl.renew_statistics is 'Analyzes the tables whose statistics are old.';

create function etl.explained(rule text, out meaning text, out repair text)
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
    select explained.meaning, explained.repair
    from (
        values
            ('rows_lost', 'rows that were loaded are gone: the figures lack them', 'load their parts again'),
            ('rows_unexplained', 'rows that no part explains, written by hand: they are in the figures', 'delete them by hand, if they are wrong'),
            ('rows_altered', 'rows that differ from the data lake, changed by hand: so do the figures', 'load their parts again'),
            ('history_broken', 'periods that overlap or leave a gap: costs and customers may be those of another time', 'load their parts again'),
            ('dimension_missing', 'facts name members that are gone: they count as unknown', 'load their parts again'),
            ('part_not_in_ledger', 'the ledger of a closed run lacks a part: its counts are too small; the figures are not concerned', 'load the part again'),
            ('run_not_balanced', 'the ledger of a complete run does not balance: it was changed by hand', 'restore schema etl from a backup, or run the source again'),
            ('run_open', 'a run has not ended for a day: the figures lack it', 'redrive its dead letters, or run the source again'),
            ('restore_waiting', 'parts wait to be loaded again: the figures may lack rows', 'load them again'),
            ('marts_not_refreshed', 'changes of the warehouse that the stored figures lack', 'refresh the marts'),
            ('relation_dropped', 'a stored figure or a view is gone: pages that read it fail', 'create it again'),
            ('mart_differs', 'stored figures are not those of the warehouse', 'rebuild the marts'),
            ('gross_to_net', 'gross - discounts - refunds is not net', 'rebuild the marts'),
            ('products_and_orders', 'net sales of products and of orders differ', 'rebuild the marts'),
            ('order_dates_and_refund_dates', 'refunds by their date and by that of the order differ', 'rebuild the marts'),
            ('regions_and_orders', 'net sales of regions and of days differ', 'rebuild the marts'),
            ('statistics_old', 'the planner expects another number of rows: queries may be slow; the figures are right', 'analyze the table'),
            ('clean_missing', 'clean parts are gone from the data lake: lost rows could not be loaded again', 'transform the raw parts again'),
            ('clean_differs', 'clean parts are not those that were loaded', 'transform the raw parts again'),
            ('raw_missing', 'clean parts are gone, and their raw parts too', 'restore the objects from a former version, or run the source with --full'),
            ('manifest_missing', 'the manifest of a closed run is gone: the run cannot be replayed as a whole', 'restore the object from a former version')
    ) as explained (rule, meaning, repair)
    where explained.rule = $1
$$;
comment on function etl.explained is 'What a finding of the checks means for the figures, and what repairs it.';

create function etl.check_warehouse(source_names text[] default null)
returns table (
    rule text, source text, relation text, rows bigint, example text, meaning text, repair text
)
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    names constant text[] := coalesce(source_names, array(select distinct runs.source from etl.runs as runs));
begin
    return query
    with dropped as materialized (
        select * from etl.check_definitions()
    ),
    found as (
        select * from dropped
        union all
        select * from etl.check_rows(names)
        union all
        select * from etl.check_ledgers(names)
        union all
        select * from etl.check_statistics()
        union all
        select checked.*
        from (select where not exists (select from dropped)) as whole
        cross join lateral etl.check_marts(names) as checked
    )
    select found.*, explained.*
    from found
    cross join lateral etl.explained(found.rule) as explained
    order by found.source, found.relation, found.rule;
end
$$;
comment on function etl.check_warehouse is 'Everything that is wrong in these sources, or in all: the rule, where, how many rows and one of them, what it means for the figures, and what repairs it. ./shopflow check repairs it.';

revoke execute on function etl.check_definitions from public;
revoke execute on function etl.check_marts from public;
revoke execute on function etl.renew_statistics from public;
grant execute on function etl.check_definitions to shopflow_loader, shopflow_dashboard;
grant execute on function etl.check_marts to shopflow_loader, shopflow_dashboard;
grant execute on function etl.renew_statistics to shopflow_loader;

-- Changes that the marts do not contain yet. Triggers record them, so that every writer of the star is covered. The rows are
-- inserted in the transaction of the change, and deleted by marts.refresh, or by marts.fill_next when it starts to fill a source.
-- A source that is neither in the marts nor being filled is recorded as a whole: one row per statement.
create table etl.stale_orders (
    source text collate "C" not null,
    order_id text collate "C"
);
comment on table etl.stale_orders is 'Orders of which something changed since the marts were refreshed; the same one may be there more than once.';
comment on column etl.stale_orders.source is 'Name of the source.';
comment on column etl.stale_orders.order_id is 'The order; null: all of the source.';

create table etl.stale_products (
    source text collate "C" not null,
    product_id text collate "C" not null,
    valid_from timestamptz,
    valid_to timestamptz,
    name text,
    category text,
    unit_cost_minor bigint,
    currency text
);
comment on table etl.stale_products is 'Versions of products that were changed or deleted since the marts were refreshed, as they were, and products that were added.';
comment on column etl.stale_products.source is 'Name of the source.';
comment on column etl.stale_products.product_id is 'The product.';
comment on column etl.stale_products.valid_from is 'Start of the former version; null, like the following columns, for an added product.';
comment on column etl.stale_products.valid_to is 'End of the former version.';
comment on column etl.stale_products.name is 'Former name.';
comment on column etl.stale_products.category is 'Former category.';
comment on column etl.stale_products.unit_cost_minor is 'Former unit cost.';
comment on column etl.stale_products.currency is 'Currency of that cost.';

create table etl.mart_fills (
    source text collate "C" not null,
    filled_marts integer not null,
    total_marts integer not null,
    constraint mart_fills_pk primary key (source)
);
comment on table etl.mart_fills is 'Sources that are being filled into the marts, one mart after the other, before marts.sources lists them.';
comment on column etl.mart_fills.source is 'Name of the source.';
comment on column etl.mart_fills.filled_marts is 'Number of marts that are filled.';
comment on column etl.mart_fills.total_marts is 'Number of marts to fill (marts.fill_steps).';
revoke insert, update, delete on etl.mart_fills from shopflow_loader;

create function etl.note_stale_orders() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    case tg_op
        when 'INSERT' then
            insert into etl.stale_orders (source, order_id)
            select distinct added.source, case when known.source is not null then added.order_id end
            from added
            left join (select source from marts.sources union select source from etl.mart_fills) as known
                on known.source = added.source
            where added.order_id is not null;
        when 'DELETE' then
            insert into etl.stale_orders (source, order_id)
            select distinct former.source, case when known.source is not null then former.order_id end
            from former
            left join (select source from marts.sources union select source from etl.mart_fills) as known
                on known.source = former.source
            where former.order_id is not null;
        else
            -- An update may move a row from one order to another: both are stale.
            insert into etl.stale_orders (source, order_id)
            select distinct touched.source, case when known.source is not null then touched.order_id end
            from (
                select source, order_id from added
                union all
                select source, order_id from former
            ) as touched
            left join (select source from marts.sources union select source from etl.mart_fills) as known
                on known.source = touched.source
            where touched.order_id is not null;
    end case;
    return null;
end
$$;
comment on function etl.note_stale_orders is 'Trigger of the facts that figures are made of.';

create function etl.note_stale_products() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'INSERT' then
        insert into etl.stale_products (source, product_id)
        select distinct added.source, added.product_id
        from added
        inner join (select source from marts.sources union select source from etl.mart_fills) as known
            on known.source = added.source;
        insert into etl.stale_orders (source)
        select distinct added.source
        from added
        where added.source not in (
            select known.source from marts.sources as known
            union all
            select filled.source from etl.mart_fills as filled
        );
    else
        insert into etl.stale_products (
            source, product_id, valid_from, valid_to, name, category, unit_cost_minor, currency
        )
        select
            former.source,
            former.product_id,
            former.valid_from,
            former.valid_to,
            former.name,
            former.category,
            former.unit_cost_minor,
            former.currency
        from former
        inner join (select source from marts.sources union select source from etl.mart_fills) as known
            on known.source = former.source;
        insert into etl.stale_orders (source)
        select distinct former.source
        from former
        where former.source not in (
            select known.source from marts.sources as known
            union all
            select filled.source from etl.mart_fills as filled
        );
    end if;
    return null;
end
$$;
comment on function etl.note_stale_products is 'Trigger of products: lines take their name, category and cost from them.';

create function etl.note_truncated() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into etl.stale_orders (source)
    select known.source from marts.sources as known
    union
    select filled.source from etl.mart_fills as filled;
    return null;
end
$$;
comment on function etl.note_truncated is 'Trigger of the tables that figures are made of: it is not known which rows a truncated table had.';

do $$
declare
    noted record;
begin
    for noted in
        select facts.name, facts.trigger_function
        from (
            values
                ('fact_orders', 'note_stale_orders'),
                ('fact_order_items', 'note_stale_orders'),
                ('fact_payments', 'note_stale_orders'),
                ('fact_refunds', 'note_stale_orders'),
                ('dim_products', 'note_stale_products')
        ) as facts (name, trigger_function)
    loop
        execute format(
            'create trigger note_inserted after insert on warehouse.%I referencing new table as added for each statement execute function etl.%I()',
            noted.name, noted.trigger_function
        );
        execute format(
            'create trigger note_updated after update on warehouse.%I referencing old table as former new table as added for each statement execute function etl.%I()',
            noted.name, noted.trigger_function
        );
        execute format(
            'create trigger note_deleted after delete on warehouse.%I referencing old table as former for each statement execute function etl.%I()',
            noted.name, noted.trigger_function
        );
        execute format(
            'create trigger note_truncated after truncate on warehouse.%I for each statement execute function etl.note_truncated()',
            noted.name
        );
    end loop;
end
$$;

-- Comments that columns still lacked. A view's column has the comment of the table's column that it shows under the same name.
do $$
declare
    missing record;
begin
    for missing in
        with origins (view, origin, ordinal) as (
            values
                ('production.customers'::regclass, 'warehouse.dim_customers'::regclass, 1),
                ('production.products', 'warehouse.dim_products', 1),
                ('production.transactions', 'warehouse.fact_orders', 1),
                ('production.transaction_items', 'warehouse.fact_order_items', 1),
                ('analytics.live_lines', 'warehouse.fact_order_items', 1),
                ('analytics.live_lines', 'warehouse.fact_orders', 2),
                ('analytics.order_lines', 'warehouse.fact_order_items', 1),
                ('analytics.order_lines', 'warehouse.fact_orders', 2),
                ('analytics.live_payments', 'warehouse.fact_payments', 1),
                ('analytics.live_refunds', 'warehouse.fact_refunds', 1)
        )
        select distinct on (origins.view, shown.attname)
            origins.view,
            shown.attname as name,
            col_description(origins.origin, stored.attnum) as text
        from origins
        inner join pg_attribute as shown on shown.attrelid = origins.view and shown.attnum > 0
        inner join pg_attribute as stored on stored.attrelid = origins.origin and stored.attname = shown.attname
        where col_description(origins.view, shown.attnum) is null
            and col_description(origins.origin, stored.attnum) is not null
        order by origins.view, shown.attname, origins.ordinal
    loop
        execute format('comment on column %s.%I is %L', missing.view, missing.name, missing.text);
    end loop;

    for missing in
        with meanings (name, text) as (
            values
                ('source', 'Name of the source.'),
                ('run_id', 'Id of the run.'),
                ('stream', 'Name of the stream.'),
                ('part', 'Number of the part in its stream, from 1.'),
                ('currency', 'Currency of the amounts, as in ISO 4217.'),
                ('status', 'State of the order; in ledgers, of the run.'),
                ('id', 'The shop''s id of the row.'),
                ('order_id', 'The shop''s id of the order.'),
                ('customer_id', 'The shop''s id of the customer, or the pseudonym of a guest''s e-mail address.'),
                ('product_id', 'The shop''s id of the product; null for lines that name none.'),
                ('name', 'Name of the product.'),
                ('category', 'Category of the product; unknown if it has none.'),
                ('country', 'Country that the order was sent to, as in ISO 3166-1; unknown if the shop names none.'),
                ('region', 'County, state or province that the order was sent to; unknown if the shop names none.'),
                ('orders', 'Number of orders that count as a sale.'),
                ('customers', 'Number of known customers with a sale.'),
                ('units_returned', 'Units of these that were returned.'),
                ('gross_minor', 'Gross sales without tax and shipping, in minor units.'),
                ('discount_minor', 'Discounts without tax, in minor units.'),
                ('refunded_minor', 'Refunds without tax and shipping, in minor units.'),
                ('net_minor', 'Gross sales - discounts - refunds, in minor units.'),
                ('tax_minor', 'Tax, in minor units.'),
                ('row_count', 'Number of rows.'),
                ('order_shipping_minor', 'What the order states as shipping, without tax, in minor units.'),
                ('order_tax_minor', 'What the order states as tax, in minor units.'),
                ('order_fees_minor', 'What the order states as fees, without tax, in minor units.'),
                ('order_total_minor', 'What the order states as its total, in minor units.'),
                ('order_separate_discount_minor', 'What the order states as a discount beside order_discount_minor and those of its lines, in minor units.'),
                ('transaction_id', 'The shop''s id of the order.'),
                ('transaction_item_id', 'The shop''s id of the line.'),
                ('last_complete_run_id', 'The last run that ended complete; null if none did.'),
                ('last_run_id', 'The last run that was begun.'),
                ('last_run_status', 'Status of the last run: running, complete or incomplete.'),
                ('bucket', 'Bucket of the object.'),
                ('object_key', 'Key of the object in the lake.'),
                ('audit_id', 'Number of the entry.'),
                ('recorded_at', 'When the event was recorded.'),
                ('loaded_at', 'When the part was loaded.'),
                ('inserted', 'Rows that were new.'),
                ('updated', 'Rows that changed an existing row.'),
                ('unchanged', 'Rows that changed nothing, older versions among them.'),
                ('duplicate', 'Rows superseded by a newer version of the same key in the same part.'),
                ('quarantined', 'Rows rejected.'),
                ('rule', 'Short stable name of the rule.'),
                ('field', 'Field; empty where it concerns the whole row.'),
                ('rows', 'Rows that broke the rule.'),
                ('example', 'One value; null where none may be shown.'),
                ('position', 'Position of the example''s row in its source.'),
                ('calendar_date', 'The day.'),
                ('year', 'Calendar year.'),
                ('quarter', 'Quarter of the year, from 1 to 4.'),
                ('month', 'Month; in analytics, its first day.'),
                ('iso_year', 'Year that the week belongs to, as in ISO 8601.'),
                ('is_weekend', 'True for Saturday and Sunday.')
        )
        select format('%I.%I', pg_namespace.nspname, pg_class.relname) as relation, pg_attribute.attname as name, meanings.text
        from pg_class
        inner join pg_namespace on pg_namespace.oid = pg_class.relnamespace
        inner join pg_attribute on pg_attribute.attrelid = pg_class.oid and pg_attribute.attnum > 0
        inner join meanings on meanings.name = pg_attribute.attname
        where pg_namespace.nspname in ('analytics', 'production', 'warehouse', 'marts', 'etl')
            and pg_class.relkind in ('r', 'v')
            and col_description(pg_class.oid, pg_attribute.attnum) is null
    loop
        execute format('comment on column %s.%I is %L', missing.relation, missing.name, missing.text);
    end loop;
end
$$;

-- Sums of what the marts have already. The same as marts.rebuild, without a look at the star.
do $$
declare
    source_name text;
    mart text;
begin
    -- A refresh that began before there were sums ends first; what one has added to them since is added again.
    for source_name in
        select distinct runs.source from etl.runs as runs order by runs.source
    loop
        perform pg_advisory_xact_lock(hashtextextended('shopflow marts ' || source_name, 0));
    end loop;
    truncate marts.sums_by_day, marts.sums_by_category, marts.sums_by_region, marts.sums_by_product, marts.customer_gaps,
        marts.customers_by_last_order;

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

insert into marts.customers_by_last_order (source, currency, last_order, customers)
select source, currency, last_order, count(*)
from (
    select source, currency, max(last_order) over (partition by source, customer_id) as last_order
    from marts.customer_value
) as customers
group by source, currency, last_order;

analyze marts.sums_by_day, marts.sums_by_category, marts.sums_by_region, marts.sums_by_product, marts.customer_gaps,
    marts.customers_by_last_order;

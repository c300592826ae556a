create view analytics.row_counts as
select source, 'customers' as stream, count(*) as row_count
from warehouse.dim_customers
where not is_inferred
group by source
union all
select source, 'products', count(*)
from warehouse.dim_products
where is_current and not is_inferred
group by source
union all
select source, 'sellers', count(*)
from warehouse.dim_sellers
where not is_inferred
group by source
union all
select source, 'orders', count(*)
from warehouse.fact_orders
where not is_deleted
group by source
union all
select source, 'order_items', count(*)
from warehouse.fact_order_items
where not is_deleted
group by source
union all
select source, 'payments', count(*)
from warehouse.fact_payments
where not is_deleted
group by source
union all
select source, 'refunds', count(*)
from warehouse.fact_refunds
where not is_deleted
group by source
union all
select source, 'reviews', count(*)
from warehouse.fact_reviews
where not is_deleted
group by source;
comment on view analytics.row_counts is 'Current rows by source and stream; what is known by its key only, or is deleted, is not counted. No rows, no line.';

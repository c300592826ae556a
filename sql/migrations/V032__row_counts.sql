create view analytics.row_counts as
select source, 'customers' as stream, count(*) as row_count
from warehouse.dim_customers
where is_current and not is_inferred
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
from warehouse.fact_orders as orders
where not is_deleted
    and not exists (
        select
        from marts.sales_orders as held
        where held.source = orders.source and held.order_id = orders.order_id and not held.is_order
    )
group by source
union all
select items.source, 'order_items', count(*)
from warehouse.fact_order_items as items
left join warehouse.fact_orders as orders using (source, order_id)
where not items.is_deleted
    and orders.is_deleted is not true
    and analytics.is_named(items.order_item_id, orders.item_ids, items.version_at, orders.version_at)
group by items.source
union all
select payments.source, 'payments', count(*)
from warehouse.fact_payments as payments
left join warehouse.fact_orders as orders using (source, order_id)
where not payments.is_deleted
    and orders.is_deleted is not true
    and analytics.is_named(payments.payment_id, orders.payment_ids, payments.version_at, orders.version_at)
group by payments.source
union all
select refunds.source, 'refunds', count(*)
from warehouse.fact_refunds as refunds
left join warehouse.fact_orders as orders using (source, order_id)
where not refunds.is_deleted
    and orders.is_deleted is not true
    and analytics.is_named(
        coalesce(refunds.refund_group, refunds.refund_id),
        orders.refund_ids,
        refunds.version_at,
        orders.version_at
    )
group by refunds.source
union all
select source, 'reviews', count(*)
from warehouse.fact_reviews
where not is_deleted
group by source;
comment on view analytics.row_counts is 'Current rows by source and stream. Inferred members and rows deleted at the source are not counted, nor are standalone refunds, as of the last closed run. A stream without rows has no line.';

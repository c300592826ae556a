create view production.customers as
select
    source,
    customer_id,
    email_token,
    phone_token,
    city,
    region,
    postcode_area,
    country,
    created_at,
    updated_at,
    is_inferred
from warehouse.dim_customers
where is_current;
comment on view production.customers is 'Customers as they are now, pseudonymised; guests are inferred.';

create view production.products as
select
    source,
    product_id,
    name,
    sku,
    category,
    price_minor,
    unit_cost_minor,
    currency,
    created_at,
    updated_at,
    is_inferred
from warehouse.dim_products
where is_current;
comment on view production.products is 'Products as they are now.';

create view production.transactions as
select
    source,
    order_id as transaction_id,
    customer_id,
    status,
    currency,
    ordered_at,
    ordered_on,
    paid_at,
    completed_at,
    payment_method,
    total_minor,
    tax_minor,
    shipping_minor,
    discount_minor,
    separate_discount_minor,
    fees_minor,
    ship_city,
    ship_region,
    ship_postcode_area,
    ship_country
from warehouse.fact_orders
where not is_deleted;
comment on view production.transactions is 'Orders in every state.';

create view production.transaction_items as
select
    items.source,
    items.order_item_id as transaction_item_id,
    items.order_id as transaction_id,
    items.product_id,
    items.seller_id,
    items.name,
    items.sku,
    items.quantity,
    items.unit_price_minor,
    items.gross_minor,
    items.discount_minor,
    items.net_minor,
    items.shipping_minor,
    items.tax_minor,
    items.line_cost_minor,
    items.currency
from warehouse.fact_order_items as items
left join warehouse.fact_orders as orders using (source, order_id)
where not items.is_deleted
    and orders.is_deleted is not true
    and analytics.is_named(items.order_item_id, orders.item_ids, items.version_at, orders.version_at);
comment on view production.transaction_items is 'Lines of orders in every state, as the shop reports them, without deleted ones.';

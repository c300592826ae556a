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
from warehouse.dim_customers;
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
    ship_city,
    ship_region,
    ship_postcode_area,
    ship_country
from warehouse.fact_orders;
comment on view production.transactions is 'Orders in every state.';

create view production.transaction_items as
select
    source,
    order_item_id as transaction_item_id,
    order_id as transaction_id,
    product_id,
    seller_id,
    name,
    sku,
    quantity,
    unit_price_minor,
    gross_minor,
    discount_minor,
    net_minor,
    shipping_minor,
    tax_minor,
    line_cost_minor,
    currency
from warehouse.fact_order_items;
comment on view production.transaction_items is 'Lines of orders in every state.';

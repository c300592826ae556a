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
from warehouse.fact_order_items
where not is_deleted;
comment on view production.transaction_items is 'Lines of orders in every state.';

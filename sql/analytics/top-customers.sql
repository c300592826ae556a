-- Question: which ten customers of each source and currency have spent the most?
-- Columns: place from 1 (customers who spent the same share one), the customer's pseudonym or id, orders, net sales, average order
-- value (both in minor units), days since the last order.
with ranked as (
    select
        source,
        currency,
        rank() over (partition by source, currency order by spent_minor desc) as place,
        customer_id,
        orders,
        spent_minor,
        average_order_minor,
        days_since_last_order
    from analytics.customer_value
)
select
    source,
    currency,
    place,
    customer_id,
    orders,
    spent_minor,
    average_order_minor,
    days_since_last_order
from ranked
where place <= 10
order by source, currency, place, customer_id;

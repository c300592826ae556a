with last_orders as (
    select source, customer_id, max(business_date) as last_order
    from orders
    where customer_id is not null and is_order
    group by source, customer_id
)
select source, currency, last_order, count(distinct customer_id)
from orders
inner join last_orders using (source, customer_id)
where is_order
group by source, currency, last_order

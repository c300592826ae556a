with sold as (
    select source, customer_id, currency, count(*) filter (where is_order) as orders, sum(net_minor) as spent_minor
    from orders
    where customer_id is not null
    group by source, customer_id, currency
    having bool_or(is_order)
),
customers as (
    select
        sold.*,
        (
            select max(business_date)
            from orders
            where orders.source = sold.source and orders.customer_id = sold.customer_id and orders.is_order
        ) as last_order
    from sold
),
scored as (
    select
        source,
        currency,
        orders,
        spent_minor,
        (select 5 * count(*) filter (where others.last_order < customers.last_order) / count(*) as recency
            from customers as others
            where others.source = customers.source and others.currency = customers.currency),
        (select 5 * count(*) filter (where others.orders < customers.orders) / count(*) as frequency
            from customers as others
            where others.source = customers.source and others.currency = customers.currency),
        (select 5 * count(*) filter (where others.spent_minor < customers.spent_minor) / count(*) as monetary
            from customers as others
            where others.source = customers.source and others.currency = customers.currency)
    from customers
)
select source, currency, segment, count(*), sum(orders), sum(spent_minor)
from scored
cross join lateral analytics.customer_segment(
    (1 + recency)::integer, (1 + frequency)::integer, (1 + monetary)::integer
) as segment
group by source, currency, segment

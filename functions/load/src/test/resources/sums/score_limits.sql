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
        customers.*,
        1 + (select 5 * count(*) filter (where others.last_order < customers.last_order) / count(*)
            from customers as others
            where others.source = customers.source and others.currency = customers.currency) as recency,
        1 + (select 5 * count(*) filter (where others.orders < customers.orders) / count(*)
            from customers as others
            where others.source = customers.source and others.currency = customers.currency) as frequency,
        1 + (select 5 * count(*) filter (where others.spent_minor < customers.spent_minor) / count(*)
            from customers as others
            where others.source = customers.source and others.currency = customers.currency) as monetary
    from customers
)
select
    source,
    currency,
    score::integer,
    max(last_order) filter (where recency = score),
    max(orders) filter (where frequency = score),
    max(spent_minor) filter (where monetary = score)
from scored
cross join generate_series(1, 5) as score
where score in (recency, frequency, monetary)
group by source, currency, score

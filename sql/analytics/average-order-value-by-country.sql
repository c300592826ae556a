-- Question: what is an order worth on average, by the country that it was sent to?
-- Columns: country, orders with a line (the average is of these), their net sales and the average order value in minor units.
select
    source,
    currency,
    country,
    count(*) as orders,
    sum(net_minor) as net_minor,
    analytics.quotient(sum(net_minor), count(*), 0) as average_order_minor
from marts.sales_orders
where item_count > 0
group by source, currency, country
order by source, currency, average_order_minor desc, country;

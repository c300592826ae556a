-- Question: how many customers are champions, loyal, at risk, lost …, and what did they spend?
-- Columns: segment, customers, orders, net sales in minor units, shares of the customers and of the net sales.
select
    source,
    currency,
    segment,
    customers,
    orders,
    spent_minor,
    customers_share,
    spent_share
from analytics.segment_sales
order by source, currency, spent_minor desc, segment;

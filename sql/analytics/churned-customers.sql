-- Question: which customers have churned, and what had they spent? The most valuable ones come first.
-- Columns: customer, last order in this currency, days since the last order in any currency, orders, net sales in minor units.
select
    source,
    currency,
    customer_id,
    last_order,
    days_since_last_order,
    orders,
    spent_minor
from analytics.customer_value
where churned
order by source, currency, spent_minor desc, customer_id;

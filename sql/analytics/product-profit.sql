-- Question: what does each product earn?
-- Columns: product, units, net sales, refunds as a share of sales, cost and profit in minor units, the share of its net sales whose cost
-- is known, margin on these. Null is unknown, not 0.
select
    source,
    currency,
    product_id,
    name,
    units,
    net_minor,
    refunded_share,
    cost_minor,
    profit_minor,
    covered_share,
    margin
from analytics.product_profit
where is_sold
order by source, currency, profit_minor desc nulls last, product_id, name;

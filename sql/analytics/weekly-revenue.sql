-- Question: what are net sales and the average order value by ISO week?
-- Columns: Monday of the week, ISO year and week, orders, net sales and average order value in minor units.
select
    source,
    currency,
    week,
    iso_year,
    iso_week,
    orders,
    net_minor,
    average_order_minor
from analytics.sales_weekly
order by source, currency, week;

-- Question: how much of each month's net sales comes from new customers, and how much from returning ones?
-- Columns: first day of the month, customers and net sales of both in minor units, net sales of orders that name no customer.
select
    source,
    currency,
    period as month,
    new_customers,
    new_net_minor,
    returning_customers,
    returning_net_minor,
    unknown_net_minor
from analytics.new_and_returning
where grain = 'month'
order by source, currency, month;

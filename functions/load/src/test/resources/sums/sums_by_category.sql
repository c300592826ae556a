select
    source,
    currency,
    category,
    business_date,
    count(distinct order_id),
    count(distinct order_id) filter (where customer_id is null),
    count(*),
    sum(units),
    sum(units_returned),
    sum(gross_minor),
    sum(discount_minor),
    sum(refunded_minor),
    sum(items.net_minor),
    coalesce(sum(items.net_minor) filter (where customer_id is not null), 0),
    sum(abs(items.net_minor)),
    count(cost_minor),
    coalesce(sum(abs(items.net_minor)) filter (where cost_minor is not null), 0),
    coalesce(sum(profit_minor), 0)
from items
inner join (select source, order_id, customer_id from orders) as buyers using (source, order_id)
group by source, currency, category, business_date

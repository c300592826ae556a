select
    source,
    currency,
    category,
    business_date,
    count(*),
    sum(units),
    sum(units_returned),
    sum(gross_minor),
    sum(discount_minor),
    sum(refunded_minor),
    sum(net_minor),
    sum(abs(net_minor)),
    count(cost_minor),
    coalesce(sum(abs(net_minor)) filter (where cost_minor is not null), 0),
    coalesce(sum(profit_minor), 0)
from items
group by source, currency, category, business_date

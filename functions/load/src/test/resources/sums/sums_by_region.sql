select
    source,
    currency,
    grain,
    date_trunc(grain, business_date::timestamp)::date,
    country,
    region,
    count(*),
    sum(net_minor)
from orders
cross join (values ('day'), ('month'), ('year')) as grains (grain)
group by 1, 2, 3, 4, 5, 6

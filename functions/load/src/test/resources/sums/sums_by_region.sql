with sold as (
    select source, currency, '' as category, business_date, country, region, order_id, net_minor, is_order
    from orders
    union all
    select source, currency, category, business_date, country, region, order_id, net_minor, true
    from items
)
select
    source,
    currency,
    category,
    grain,
    date_trunc(grain, business_date::timestamp)::date,
    country,
    region,
    count(distinct order_id) filter (where is_order),
    sum(net_minor)
from sold
cross join (values ('day'), ('month'), ('year')) as grains (grain)
group by 1, 2, 3, 4, 5, 6, 7

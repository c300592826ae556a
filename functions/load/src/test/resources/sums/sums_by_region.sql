with sold as (
    select
        source,
        currency,
        '' as category,
        business_date,
        country,
        region,
        order_id,
        net_minor,
        item_count > 0 as has_lines,
        is_order
    from orders
    union all
    select source, currency, category, business_date, country, region, order_id, net_minor, true, true
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
    count(distinct order_id) filter (where has_lines),
    sum(net_minor),
    coalesce(sum(net_minor) filter (where has_lines), 0)
from sold
cross join (values ('day'), ('month'), ('year')) as grains (grain)
group by 1, 2, 3, 4, 5, 6, 7

with sold as (
    select
        source,
        currency,
        '' as category,
        business_date,
        country,
        postcode_area,
        order_id,
        net_minor,
        item_count > 0 as has_lines,
        is_order
    from orders
    union all
    select
        orders.source,
        orders.currency,
        items.category,
        orders.business_date,
        orders.country,
        orders.postcode_area,
        order_id,
        items.net_minor,
        true,
        true
    from items
    inner join orders using (source, order_id)
)
select
    source,
    currency,
    category,
    grain,
    date_trunc(grain, business_date::timestamp)::date,
    country,
    coalesce(postcode_area, 'unknown'),
    count(distinct order_id) filter (where is_order),
    count(distinct order_id) filter (where has_lines),
    sum(net_minor),
    coalesce(sum(net_minor) filter (where has_lines), 0)
from sold
cross join (values ('day'), ('month'), ('year')) as grains (grain)
group by 1, 2, 3, 4, 5, 6, 7

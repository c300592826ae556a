with sold as (
    select source, currency, customer_id, business_date, '' as category
    from orders
    where customer_id is not null and is_order
    union
    select orders.source, orders.currency, customer_id, orders.business_date, category
    from orders
    inner join items using (source, order_id)
    where customer_id is not null
),
histories as (
    select source, currency, customer_id, category, array_agg(business_date order by business_date) as days
    from sold
    group by source, currency, customer_id, category
),
all_histories as (
    select
        source,
        customer_id,
        array_agg(business_date order by business_date, currency, order_id) as days,
        array_agg(currency order by business_date, currency, order_id) as currencies,
        array_agg(order_id order by business_date, currency, order_id) as order_ids
    from orders
    where customer_id is not null and is_order
    group by source, customer_id
),
first_categories as (
    select all_histories.*, '' as category
    from all_histories
    union all
    select distinct all_histories.*, items.category
    from all_histories
    inner join items on items.source = all_histories.source and items.order_id = order_ids[1]
),
gaps as (
    select distinct
        source,
        currency,
        category,
        customer_id,
        'again' as kind,
        later,
        coalesce((select max(earlier) from unnest(days) as earlier where earlier < later), '-infinity') as earlier
    from histories
    cross join lateral unnest(days) as later
    union all
    select source, currencies[1], category, customer_id, 'first', days[1], '-infinity'
    from first_categories
    union all
    select source, currencies[1], category, customer_id, 'second', days[2], days[1]
    from first_categories
    where days[2] is not null
)
select
    source,
    currency,
    category,
    kind,
    later_grain,
    earlier_grain,
    date_trunc(later_grain, later::timestamp)::date,
    date_trunc(earlier_grain, earlier::timestamp)::date,
    count(*)
from gaps
cross join (values ('day'), ('month')) as later_grains (later_grain)
cross join (values ('day'), ('month')) as earlier_grains (earlier_grain)
group by 1, 2, 3, 4, 5, 6, 7, 8

with histories as (
    select source, currency, customer_id, array_agg(business_date order by business_date) as days
    from orders
    where customer_id is not null
    group by source, currency, customer_id
),
all_histories as (
    select
        source,
        customer_id,
        array_agg(business_date order by business_date, currency) as days,
        array_agg(currency order by business_date, currency) as currencies
    from orders
    where customer_id is not null
    group by source, customer_id
),
gaps as (
    select distinct
        source,
        currency,
        customer_id,
        'again' as kind,
        later,
        coalesce((select max(earlier) from unnest(days) as earlier where earlier < later), '-infinity') as earlier
    from histories
    cross join lateral unnest(days) as later
    union all
    select source, currencies[1], customer_id, 'first', days[1], '-infinity'
    from all_histories
    union all
    select source, currencies[1], customer_id, 'second', days[2], days[1]
    from all_histories
    where days[2] is not null
)
select
    source,
    currency,
    kind,
    later_grain,
    earlier_grain,
    date_trunc(later_grain, later::timestamp)::date,
    date_trunc(earlier_grain, earlier::timestamp)::date,
    count(*)
from gaps
cross join (values ('day'), ('month')) as later_grains (later_grain)
cross join (values ('day'), ('month')) as earlier_grains (earlier_grain)
group by 1, 2, 3, 4, 5, 6, 7

with customers as (
    select source, customer_id, date_trunc('month', min(business_date)::timestamp)::date as cohort
    from orders
    where customer_id is not null and is_order
    group by source, customer_id
),
first_months as (
    select source, customer_id, currency, date_trunc('month', min(business_date)::timestamp)::date as first_month
    from orders
    where customer_id is not null and is_order
    group by source, customer_id, currency
)
select
    source,
    currency,
    cohort,
    date_trunc('month', business_date::timestamp)::date as month,
    count(distinct customer_id) filter (where is_order),
    count(distinct customer_id) filter (where is_order and first_month = date_trunc('month', business_date::timestamp)::date),
    count(*) filter (where is_order),
    sum(net_minor)
from orders
inner join customers using (source, customer_id)
inner join first_months using (source, customer_id, currency)
group by source, currency, cohort, month

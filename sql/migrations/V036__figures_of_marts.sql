-- Figures of the marts, with the same columns as before: they are those of the last closed run of each source.
create or replace view analytics.sales_monthly as
select
    source,
    date_trunc('month', business_date::timestamp)::date as month,
    currency,
    count(*) as orders,
    sum(gross_minor) as gross_minor,
    sum(net_minor) as net_minor,
    sum(shipping_minor) as shipping_minor,
    count(*) filter (where item_count = 0) as orders_without_lines,
    sum(discount_minor) as discount_minor,
    sum(refunded_minor) as refunded_minor,
    sum(fees_minor) as fees_minor,
    sum(tax_minor) as tax_minor,
    sum(refunded_other_minor) as refunded_other_minor,
    sum(kept_minor) as kept_minor
from marts.sales_orders
group by source, date_trunc('month', business_date::timestamp)::date, currency;

create or replace view analytics.sales_monthly_by_refund_date as
with bookings as (
    select
        source,
        business_date as booked_on,
        currency,
        gross_minor,
        discount_minor,
        0::numeric as refunded_minor
    from marts.sales_orders
    union all
    select
        source,
        refunded_on,
        currency,
        0,
        0,
        refunded_minor
    from marts.sales_refunds
)
select
    source,
    date_trunc('month', booked_on::timestamp)::date as month,
    currency,
    sum(gross_minor) as gross_minor,
    sum(discount_minor) as discount_minor,
    sum(refunded_minor) as refunded_minor,
    sum(gross_minor - discount_minor - refunded_minor) as net_minor
from bookings
group by source, date_trunc('month', booked_on::timestamp)::date, currency;

create or replace view analytics.product_sales as
select
    source,
    product_id,
    max(name) as name,
    max(category) as category,
    currency,
    sum(units) as units,
    count(distinct order_id) as orders,
    sum(net_minor) as net_minor,
    sum(profit_minor) as profit_minor,
    sum(units_returned) as units_returned
from marts.sales_items
group by source, product_id, case when product_id is null then name end, currency;

create or replace view analytics.category_sales as
select
    source,
    category,
    currency,
    sum(units) as units,
    sum(net_minor) as net_minor,
    sum(units_returned) as units_returned
from marts.sales_items
group by source, category, currency;

create or replace view analytics.region_sales as
select
    source,
    country,
    region,
    currency,
    count(*) as orders,
    count(distinct customer_id) as customers,
    sum(net_minor) as net_minor
from marts.sales_orders
group by source, country, region, currency;

create or replace view analytics.customer_value as
with customers as (
    select
        *,
        -- Who orders in another currency has not left.
        max(last_order) over (partition by source, customer_id) as last_order_of_any_currency
    from marts.customer_value
)
select
    customers.source,
    customers.customer_id,
    customers.currency,
    customers.orders,
    customers.spent_minor,
    customers.first_order,
    customers.last_order,
    sources.newest_order_on - customers.last_order_of_any_currency as days_since_last_order,
    sources.newest_order_on - customers.last_order_of_any_currency > analytics.churn_days() as churned
from customers
inner join marts.sources using (source);
comment on column analytics.customer_value.first_order is 'Business date of the first order in this currency.';
comment on column analytics.customer_value.last_order is 'Business date of the newest order in this currency.';
comment on column analytics.customer_value.days_since_last_order is 'From the newest order in any currency that counts as a sale to the newest business date of the source: that of any order, in whatever state, that is not deleted.';
comment on column analytics.customer_value.churned is 'No order in any currency in the last analytics.churn_days() days.';

-- A window of a backfill says nothing of how fresh a source's rows are.
create or replace view analytics.freshness as
with known_sources as (
    select distinct source
    from etl.runs
)
select
    known_sources.source,
    marts.newest_order_on,
    last_complete.run_id as last_complete_run_id,
    last_complete.closed_at as last_complete_at,
    last_run.run_id as last_run_id,
    last_run.status as last_run_status,
    coalesce(last_run.closed_at, last_run.started_at) as last_run_at
from known_sources
left join marts.sources as marts using (source)
left join lateral (
    select run_id, closed_at
    from etl.runs as runs
    where runs.source = known_sources.source and runs.status = 'complete' and runs.read_until is null
    order by run_id desc
    limit 1
) as last_complete on true
left join lateral (
    select run_id, status, started_at, closed_at
    from etl.runs as runs
    where runs.source = known_sources.source and runs.read_until is null
    order by run_id desc
    limit 1
) as last_run on true;
comment on column analytics.freshness.newest_order_on is 'Newest business date of any order, as of the last closed run.';

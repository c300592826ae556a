-- Customers by the month since which they are customers, and what they did in each month since then. Months without orders have a
-- row with zeros, up to the month of the source's newest business date.
create view analytics.customer_cohorts as
with customers as (
    select
        source,
        customer_id,
        currency,
        date_trunc('month', customer_since::timestamp)::date as cohort
    from analytics.customer_value
),
sizes as (
    select
        source,
        currency,
        cohort,
        count(*) as customers
    from customers
    group by source, currency, cohort
),
months_of_customers as (
    select
        source,
        customer_id,
        currency,
        date_trunc('month', business_date::timestamp)::date as month,
        count(*) as orders,
        sum(net_minor) as net_minor
    from marts.sales_orders
    where customer_id is not null
    group by source, customer_id, currency, date_trunc('month', business_date::timestamp)
),
activity as (
    select
        source,
        currency,
        customers.cohort,
        months.month,
        count(*) as active_customers,
        sum(months.orders)::bigint as orders,
        sum(months.net_minor) as net_minor
    from months_of_customers as months
    inner join customers using (source, customer_id, currency)
    group by source, currency, customers.cohort, months.month
)
select
    sizes.source,
    sizes.currency,
    sizes.cohort,
    sizes.customers,
    months.month::date as month,
    ((extract(year from months.month) - extract(year from sizes.cohort)) * 12
    + extract(month from months.month) - extract(month from sizes.cohort))::integer as months_since,
    coalesce(activity.active_customers, 0) as active_customers,
    coalesce(activity.orders, 0) as orders,
    coalesce(activity.net_minor, 0) as net_minor,
    analytics.quotient(coalesce(activity.active_customers, 0), sizes.customers, 4) as retained_share,
    sources.newest_order_on < (months.month + interval '1 month')::date - 1 as is_partial
from sizes
inner join marts.sources as sources using (source)
cross join lateral generate_series(
    sizes.cohort::timestamp, date_trunc('month', sources.newest_order_on::timestamp), interval '1 month'
) as months (month)
left join activity
    on activity.source = sizes.source
    and activity.currency = sizes.currency
    and activity.cohort = sizes.cohort
    and activity.month = months.month::date;
comment on view analytics.customer_cohorts is 'Known customers with a sale in a currency by the month of their first order in any currency, and what they ordered in each month from then on.';
comment on column analytics.customer_cohorts.source is 'Name of the source.';
comment on column analytics.customer_cohorts.currency is 'Currency of the orders and amounts, as in ISO 4217.';
comment on column analytics.customer_cohorts.cohort is 'First day of the month of the customers'' first order in any currency (customer_since).';
comment on column analytics.customer_cohorts.customers is 'Customers of the cohort that ever ordered in this currency.';
comment on column analytics.customer_cohorts.month is 'First day of the month that the figures are of.';
comment on column analytics.customer_cohorts.months_since is 'Months from the cohort''s to this one; 0 in the first.';
comment on column analytics.customer_cohorts.active_customers is 'Customers of the cohort with an order of the month in this currency.';
comment on column analytics.customer_cohorts.orders is 'Their orders of the month.';
comment on column analytics.customer_cohorts.net_minor is 'Net sales of these orders, in minor units.';
comment on column analytics.customer_cohorts.retained_share is 'active_customers / customers, from 0 to 1.';
comment on column analytics.customer_cohorts.is_partial is 'True if the month goes on after the newest business date of the source: its figures are not final.';

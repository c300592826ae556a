-- Customers by the month since which they are customers, and what they did in each month since then. Months without orders have a
-- row with zeros, up to the month of the source's newest business date.
create view analytics.customer_cohorts as
with sizes as (
    select
        source,
        currency,
        cohort,
        sum(starting_customers)::bigint as customers
    from marts.cohorts
    group by source, currency, cohort
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
left join marts.cohorts as activity
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
comment on column analytics.customer_cohorts.is_partial is 'True if the month is not over on the newest business date of the source: its figures are not final.';

-- A customer is new in the period of the first order in any currency, with all orders of that period, and returns in later ones.
create view analytics.new_and_returning as
with weeks as (
    select
        orders.source,
        orders.currency,
        date_trunc('week', orders.business_date::timestamp)::date as period,
        orders.customer_id,
        orders.net_minor,
        orders.is_order,
        customers.customer_since >= date_trunc('week', orders.business_date::timestamp)::date as is_new
    from marts.sales_orders as orders
    left join marts.customer_value as customers using (source, customer_id, currency)
    where source in (select sources.source from marts.sources)
),
months as (
    select
        source,
        currency,
        date_trunc('month', business_date::timestamp)::date as period,
        sum(anonymous_orders)::bigint as unknown_orders,
        sum(net_minor) as net_minor
    from marts.sums_by_day
    where source in (select sources.source from marts.sources)
    group by source, currency, date_trunc('month', business_date::timestamp)::date
),
customers_of_months as (
    select
        source,
        currency,
        month as period,
        coalesce(sum(active_customers) filter (where cohort = month), 0)::bigint as new_customers,
        coalesce(sum(orders) filter (where cohort = month), 0)::bigint as new_orders,
        coalesce(sum(net_minor) filter (where cohort >= month), 0) as new_net_minor,
        coalesce(sum(active_customers) filter (where cohort < month), 0)::bigint as returning_customers,
        coalesce(sum(orders) filter (where cohort < month), 0)::bigint as returning_orders,
        coalesce(sum(net_minor) filter (where cohort < month), 0) as returning_net_minor
    from marts.cohorts
    group by source, currency, month
)
select
    source,
    currency,
    'week' as grain,
    period,
    count(distinct customer_id) filter (where is_new and is_order) as new_customers,
    count(*) filter (where is_new and is_order) as new_orders,
    coalesce(sum(net_minor) filter (where is_new), 0) as new_net_minor,
    count(distinct customer_id) filter (where not is_new and is_order) as returning_customers,
    count(*) filter (where not is_new and is_order) as returning_orders,
    coalesce(sum(net_minor) filter (where not is_new), 0) as returning_net_minor,
    count(*) filter (where is_new is null and is_order) as unknown_orders,
    coalesce(sum(net_minor) filter (where is_new is null), 0) as unknown_net_minor
from weeks
group by source, currency, period
union all
select
    source,
    currency,
    'month',
    period,
    coalesce(customers.new_customers, 0),
    coalesce(customers.new_orders, 0),
    coalesce(customers.new_net_minor, 0),
    coalesce(customers.returning_customers, 0),
    coalesce(customers.returning_orders, 0),
    coalesce(customers.returning_net_minor, 0),
    months.unknown_orders,
    months.net_minor - coalesce(customers.new_net_minor, 0) - coalesce(customers.returning_net_minor, 0)
from months
left join customers_of_months as customers using (source, currency, period);
comment on view analytics.new_and_returning is 'Sales to customers whose first order is of the period, and to those who ordered before it. Choose a grain: each order is in one row of each.';
comment on column analytics.new_and_returning.source is 'Name of the source.';
comment on column analytics.new_and_returning.currency is 'Currency of the orders and amounts, as in ISO 4217.';
comment on column analytics.new_and_returning.grain is 'week or month.';
comment on column analytics.new_and_returning.period is 'First day of the week (a Monday) or month, by the business date of the orders.';
comment on column analytics.new_and_returning.new_customers is 'Customers of the period whose first order in any currency is of the period too.';
comment on column analytics.new_and_returning.new_orders is 'All their orders of the period.';
comment on column analytics.new_and_returning.new_net_minor is 'Net sales of these orders, less their standalone refunds of the period or before, in minor units.';
comment on column analytics.new_and_returning.returning_customers is 'Customers of the period who ordered before it, in any currency.';
comment on column analytics.new_and_returning.returning_orders is 'Their orders of the period.';
comment on column analytics.new_and_returning.returning_net_minor is 'Net sales of these orders, less their standalone refunds of the period, in minor units.';
comment on column analytics.new_and_returning.unknown_orders is 'Orders that name no customer.';
comment on column analytics.new_and_returning.unknown_net_minor is 'Net sales of these orders, less standalone refunds of customers without an order in the currency, in minor units.';

-- A customer is new in the period of the first order in any currency, with all orders of that period, and returns in later ones.
create view analytics.new_and_returning as
select
    orders.source,
    orders.currency,
    periods.grain,
    periods.period,
    count(distinct orders.customer_id) filter (where customers.customer_since >= periods.period) as new_customers,
    count(*) filter (where customers.customer_since >= periods.period) as new_orders,
    coalesce(sum(orders.net_minor) filter (where customers.customer_since >= periods.period), 0) as new_net_minor,
    count(distinct orders.customer_id) filter (where customers.customer_since < periods.period) as returning_customers,
    count(*) filter (where customers.customer_since < periods.period) as returning_orders,
    coalesce(sum(orders.net_minor) filter (where customers.customer_since < periods.period), 0) as returning_net_minor,
    count(*) filter (where orders.customer_id is null) as unknown_orders,
    coalesce(sum(orders.net_minor) filter (where orders.customer_id is null), 0) as unknown_net_minor
from marts.sales_orders as orders
left join analytics.customer_value as customers using (source, customer_id, currency)
cross join lateral (
    values
        ('week', date_trunc('week', orders.business_date::timestamp)::date),
        ('month', date_trunc('month', orders.business_date::timestamp)::date)
) as periods (grain, period)
group by orders.source, orders.currency, periods.grain, periods.period;
comment on view analytics.new_and_returning is 'Sales to customers whose first order is of the period, and to those who ordered before it. Choose a grain: each order is in one row of each.';
comment on column analytics.new_and_returning.source is 'Name of the source.';
comment on column analytics.new_and_returning.currency is 'Currency of the orders and amounts, as in ISO 4217.';
comment on column analytics.new_and_returning.grain is 'week or month.';
comment on column analytics.new_and_returning.period is 'First day of the week (a Monday) or month, by the business date of the orders.';
comment on column analytics.new_and_returning.new_customers is 'Customers of the period whose first order in any currency is of the period too.';
comment on column analytics.new_and_returning.new_orders is 'All their orders of the period.';
comment on column analytics.new_and_returning.new_net_minor is 'Net sales of these orders, in minor units.';
comment on column analytics.new_and_returning.returning_customers is 'Customers of the period who ordered before it, in any currency.';
comment on column analytics.new_and_returning.returning_orders is 'Their orders of the period.';
comment on column analytics.new_and_returning.returning_net_minor is 'Net sales of these orders, in minor units.';
comment on column analytics.new_and_returning.unknown_orders is 'Orders that name no customer.';
comment on column analytics.new_and_returning.unknown_net_minor is 'Net sales of these orders, in minor units.';

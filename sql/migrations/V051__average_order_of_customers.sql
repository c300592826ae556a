-- What an order of each customer is worth, by the definition of the average order value: orders without lines are left out. They are
-- few, and a partial index finds them. And since when each is a customer, which cohorts and new customers are counted by.
create or replace view analytics.customer_value as
with customers as (
    select
        *,
        -- Who orders in another currency has not left.
        max(last_order) over (partition by source, customer_id) as last_order_of_any_currency,
        min(first_order) over (partition by source, customer_id) as customer_since
    from marts.customer_value
),
without_lines as (
    select
        source,
        customer_id,
        currency,
        count(*) as orders,
        sum(net_minor) as net_minor
    from marts.sales_orders
    where item_count = 0 and customer_id is not null
    group by source, customer_id, currency
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
    sources.newest_order_on - customers.last_order_of_any_currency > analytics.churn_days() as churned,
    analytics.quotient(
        customers.spent_minor - coalesce(without_lines.net_minor, 0),
        customers.orders - coalesce(without_lines.orders, 0),
        0
    ) as average_order_minor,
    customers.customer_since
from customers
inner join marts.sources using (source)
left join without_lines using (source, customer_id, currency);
comment on column analytics.customer_value.average_order_minor is 'Net sales of the customer''s orders that have a line / the number of these orders, in minor units, rounded; null without such an order.';
comment on column analytics.customer_value.customer_since is 'Business date of the customer''s first order that counts as a sale, in any currency.';

-- The one place that says when a customer has churned. Another number of days:
--     alter database … set shopflow.churn_days = '120'
create function analytics.churn_days() returns integer
language sql stable parallel safe
return coalesce(nullif(current_setting('shopflow.churn_days', true), '')::integer, 90);
comment on function analytics.churn_days is 'A customer without an order in so many days has churned: 90, or the database''s setting shopflow.churn_days.';

create view analytics.customer_value as
with newest_orders as (
    select
        source,
        max(ordered_on) as newest_order_on
    from warehouse.fact_orders
    group by source
),
customer_totals as (
    select
        source,
        customer_id,
        currency,
        count(*) as orders,
        sum(net_minor) as spent_minor,
        min(business_date) as first_order,
        max(business_date) as last_order
    from analytics.sales_orders
    where customer_id is not null
    group by source, customer_id, currency
)
select
    customer_totals.source,
    customer_totals.customer_id,
    customer_totals.currency,
    customer_totals.orders,
    customer_totals.spent_minor,
    customer_totals.first_order,
    customer_totals.last_order,
    newest_orders.newest_order_on - customer_totals.last_order as days_since_last_order,
    newest_orders.newest_order_on - customer_totals.last_order > analytics.churn_days() as churned
from customer_totals
inner join newest_orders using (source);
comment on view analytics.customer_value is 'What each customer with a sale has spent; guests are known by the pseudonym of their e-mail address.';
comment on column analytics.customer_value.spent_minor is 'Net sales of the customer''s orders, in minor units.';
comment on column analytics.customer_value.days_since_last_order is 'As of the newest business date of any order of the source.';
comment on column analytics.customer_value.churned is 'No order in the last analytics.churn_days() days.';

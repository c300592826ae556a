-- The one place that says which states count as a sale.
create function analytics.is_sale(status text) returns boolean
language sql immutable parallel safe
return status in ('processing', 'completed', 'refunded');
comment on function analytics.is_sale is 'Whether an order in this state counts as a sale: pending, cancelled and failed orders do not.';

-- The one place that says when a customer has churned. Another number of days:
--     alter database … set shopflow.churn_days = '120'
create function analytics.churn_days() returns integer
language sql stable parallel safe
return coalesce(nullif(current_setting('shopflow.churn_days', true), '')::integer, 90);
comment on function analytics.churn_days is 'A customer without an order in so many days has churned: 90, or the database''s setting shopflow.churn_days.';

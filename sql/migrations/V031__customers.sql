-- The only definition of when a customer has churned. To set another number of days:
--     alter database … set shopflow.churn_days = '120'
create function analytics.churn_days() returns integer
language sql stable parallel safe
return coalesce(nullif(current_setting('shopflow.churn_days', true), '')::integer, 90);
comment on function analytics.churn_days is 'A customer without an order in so many days has churned: 90, or the database''s setting shopflow.churn_days.';

create function analytics.risk_days() returns integer
language sql stable parallel safe
return analytics.churn_days() * 2 / 3;
comment on function analytics.risk_days is 'A customer without an order in so many days is newly at risk, and has churned after analytics.churn_days(): two thirds of these, 60 of 90.';

-- The average order is by the definition of the average order value: orders without lines are left out. They are few, and a partial
-- index finds them.
create view analytics.customer_value as
with without_lines as (
    select
        source,
        customer_id,
        currency,
        count(*) filter (where is_order) as orders,
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
    customers.customer_since,
    sources.newest_order_on - customers.last_order_of_any_currency
    between analytics.risk_days() and analytics.churn_days() as newly_at_risk
from marts.customer_value as customers
inner join marts.sources using (source)
left join without_lines using (source, customer_id, currency);
comment on view analytics.customer_value is 'What each customer with a sale has spent; guests are known by the pseudonym of their e-mail address.';
comment on column analytics.customer_value.spent_minor is 'Net sales of the customer''s orders, less the customer''s standalone refunds, in minor units.';
comment on column analytics.customer_value.days_since_last_order is 'From the newest order in any currency that counts as a sale to the newest business date of the source: that of any order, in whatever state, that is not deleted.';
comment on column analytics.customer_value.churned is 'No order in any currency in the last analytics.churn_days() days.';
comment on column analytics.customer_value.first_order is 'Business date of the first order in this currency.';
comment on column analytics.customer_value.last_order is 'Business date of the newest order in this currency.';
comment on column analytics.customer_value.average_order_minor is 'Net sales of the customer''s orders that have a line / the number of these orders, in minor units, rounded; null without such an order.';
comment on column analytics.customer_value.customer_since is 'Business date of the customer''s first order that counts as a sale, in any currency.';
comment on column analytics.customer_value.newly_at_risk is 'The last order in any currency is analytics.risk_days() to analytics.churn_days() days ago: the customer has not churned yet.';

-- Exact numbers of distinct customers in any range of days, without reading the orders: those whose order before the range is in
-- a month before its first one, or on a day of its first month before the range.
create function analytics.customers_between(
    source_name text, currency_code text, first_day date, last_day date, category_name text default '',
    out customers bigint, out returning_customers bigint
)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    with ranges (kind, earlier_grain, earliest, latest) as (
        values
            ('again', 'month', '-infinity'::date, marts.period_of(first_day, 'month') - 1),
            ('again', 'day', marts.period_of(first_day, 'month'), first_day - 1),
            ('first', 'month', '-infinity', '-infinity'),
            -- A customer whose first order is in the range is a returning one if the second order is in it too.
            ('second', 'day', first_day, marts.period_after(marts.period_of(first_day, 'month'), 'month') - 1),
            ('second', 'month', marts.period_after(marts.period_of(first_day, 'month'), 'month'), last_day)
    )
    select
        coalesce(sum(gaps.customers) filter (where gaps.kind = 'again'), 0)::bigint,
        coalesce(sum(case when gaps.kind = 'first' then - gaps.customers else gaps.customers end), 0)::bigint
    from marts.periods(first_day, last_day, array['month', 'day']) as periods
    cross join ranges
    inner join marts.customer_gaps as gaps
        -- With the collations of the key: arguments have the one of whatever column is passed, and the index would not be used.
        on gaps.source = source_name collate "C"
        and gaps.currency = currency_code collate "default"
        and gaps.category = category_name collate "default"
        and gaps.kind = ranges.kind
        and gaps.later_grain = periods.grain
        and gaps.earlier_grain = ranges.earlier_grain
        and gaps.later = periods.period
        and gaps.earlier between ranges.earliest and ranges.latest;
$$;
comment on function analytics.customers_between is 'The number of different customers of a source who ordered something of the category from the first to the last day in the currency, and the number of these who have another order until the last day, in any currency and category. An empty category is any.';

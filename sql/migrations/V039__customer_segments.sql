-- Customers by recency, frequency and monetary value. A score is a fifth of the customers of the same source and currency; customers
-- with the same value have the same score, so a fifth may be larger or empty. Ties count down: where most customers have one order,
-- these have frequency 1 rather than 4.
create function analytics.quintile(worse bigint, customers bigint) returns integer
language sql immutable parallel safe
return (1 + 5 * worse / customers)::integer;
comment on function analytics.quintile is 'Score from 1 to 5 of a customer that so many of all customers are strictly worse than: 1 + floor(5 × worse / customers).';

-- One expression, so that it is part of the queries that use it: called for each of many customers, it would take most of their time.
create function analytics.customer_segment(recency integer, frequency integer, monetary integer) returns text
language sql immutable parallel safe
return case
    when recency >= 5 and (frequency + monetary + 1) / 2 >= 4 then 'champions'
    when recency >= 3 and (frequency + monetary + 1) / 2 >= 4 then 'loyal'
    when recency >= 4 and (frequency + monetary + 1) / 2 >= 2 then 'potential loyalists'
    when recency >= 5 then 'new'
    when recency >= 4 then 'promising'
    when recency >= 3 and (frequency + monetary + 1) / 2 >= 3 then 'needs attention'
    when recency >= 3 then 'about to sleep'
    when (frequency + monetary + 1) / 2 >= 5 then 'cannot lose'
    when (frequency + monetary + 1) / 2 >= 3 then 'at risk'
    when recency >= 2 or (frequency + monetary + 1) / 2 >= 2 then 'hibernating'
    else 'lost'
end;
comment on function analytics.customer_segment is 'The one place that names segments: by the score of recency, and the mean of those of frequency and monetary value, rounded up.';

-- From the limits rather than by ranking all customers: for the figures of one customer, or for any figures.
create function analytics.scores_today(
    source_name text, currency_code text, days_since_last_order integer, order_count bigint, net_minor numeric,
    out recency integer, out frequency integer, out monetary integer
)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    -- Better than all is 5.
    select
        coalesce(
            min(limits.score) filter (where limits.last_order >= sources.newest_order_on - days_since_last_order), 5
        ),
        coalesce(min(limits.score) filter (where limits.orders >= order_count), 5),
        coalesce(min(limits.score) filter (where limits.spent_minor >= net_minor), 5)
    from marts.sources
    inner join marts.score_limits as limits on limits.source = sources.source
    where sources.source = source_name collate "C" and limits.currency = currency_code collate "default"
$$;
comment on function analytics.scores_today is 'The scores of recency, frequency and monetary value that a customer with these figures would have among today''s customers of the source and currency: 1 + floor(5 × customers that are strictly worse / customers), at most 5.';

create view analytics.customer_segments as
with ranked as (
    select
        source,
        customer_id,
        currency,
        orders,
        spent_minor,
        days_since_last_order,
        rank() over (partition by source, currency order by days_since_last_order desc) - 1 as longer_ago,
        rank() over (partition by source, currency order by orders) - 1 as fewer_orders,
        rank() over (partition by source, currency order by spent_minor) - 1 as less_spent,
        count(*) over (partition by source, currency) as customers
    from analytics.customer_value
),
scored as (
    select
        *,
        analytics.quintile(longer_ago, customers) as recency,
        analytics.quintile(fewer_orders, customers) as frequency,
        analytics.quintile(less_spent, customers) as monetary
    from ranked
)
select
    source,
    customer_id,
    currency,
    orders,
    spent_minor,
    days_since_last_order,
    recency,
    frequency,
    monetary,
    analytics.customer_segment(recency, frequency, monetary) as segment,
    customers as compared_customers
from scored;
comment on view analytics.customer_segments is 'The segment of each customer with a sale, from its recency, frequency and monetary value (RFM) among the customers of its source and currency.';
comment on column analytics.customer_segments.source is 'Name of the source.';
comment on column analytics.customer_segments.customer_id is 'The shop''s id of the customer, or the pseudonym of a guest''s e-mail address.';
comment on column analytics.customer_segments.currency is 'Currency of the amounts, as in ISO 4217.';
comment on column analytics.customer_segments.orders is 'Number of the customer''s orders that count as a sale.';
comment on column analytics.customer_segments.spent_minor is 'Net sales of these orders, in minor units.';
comment on column analytics.customer_segments.days_since_last_order is 'Days from the customer''s newest order in any currency to the newest business date of the source.';
comment on column analytics.customer_segments.recency is '1 (longest ago) to 5: a fifth of the customers by days_since_last_order; the same days have the same score.';
comment on column analytics.customer_segments.frequency is '1 (fewest) to 5: a fifth of the customers by orders; the same number has the same score.';
comment on column analytics.customer_segments.monetary is '1 (least) to 5: a fifth of the customers by spent_minor; the same amount has the same score.';
comment on column analytics.customer_segments.segment is 'Name of the segment: analytics.customer_segment of the three scores.';
comment on column analytics.customer_segments.compared_customers is 'Customers of this source and currency: with few of them, scores mean little, and with fewer than five no score is 5.';

create view analytics.segment_sales as
with sums as (
    select
        *,
        sum(customers) over (partition by source, currency) as compared_customers,
        sum(spent_minor) over (partition by source, currency) as all_spent_minor
    from marts.segment_sales
)
select
    source,
    currency,
    segment,
    customers,
    orders,
    spent_minor,
    analytics.quotient(customers, compared_customers, 4) as customers_share,
    case when all_spent_minor > 0 then analytics.quotient(spent_minor, all_spent_minor, 4) end as spent_share
from sums;
comment on view analytics.segment_sales is 'How many customers each segment of customer_segments has, and what they spent. Segments without customers have no row.';
comment on column analytics.segment_sales.source is 'Name of the source.';
comment on column analytics.segment_sales.currency is 'Currency of the amounts, as in ISO 4217.';
comment on column analytics.segment_sales.segment is 'Name of the segment.';
comment on column analytics.segment_sales.customers is 'Number of customers.';
comment on column analytics.segment_sales.orders is 'Number of their orders that count as a sale, of all time.';
comment on column analytics.segment_sales.spent_minor is 'Net sales of these orders, in minor units.';
comment on column analytics.segment_sales.customers_share is 'Share of the customers of this source and currency, from 0 to 1.';
comment on column analytics.segment_sales.spent_share is 'Share of what these spent; null unless that is more than 0.';

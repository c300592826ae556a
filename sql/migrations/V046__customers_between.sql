-- Exact numbers of distinct customers in any range of days, without a look at the orders: those whose order before the range is in
-- a month before its first one, or on a day of its first month before the range.
create function analytics.customers_between(
    source_name text, currency_code text, first_day date, last_day date,
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
            -- Who first ordered in the range returns if the second order is in it too.
            ('second', 'day', first_day, marts.period_after(marts.period_of(first_day, 'month'), 'month') - 1),
            ('second', 'month', marts.period_after(marts.period_of(first_day, 'month'), 'month'), last_day)
    )
    select
        coalesce(sum(gaps.customers) filter (where gaps.kind = 'again'), 0)::bigint,
        coalesce(sum(case when gaps.kind = 'first' then - gaps.customers else gaps.customers end), 0)::bigint
    from marts.periods(first_day, last_day, array['month', 'day']) as periods
    cross join ranges
    inner join marts.customer_gaps as gaps
        on gaps.source = source_name
        and gaps.currency = currency_code
        and gaps.kind = ranges.kind
        and gaps.later_grain = periods.grain
        and gaps.earlier_grain = ranges.earlier_grain
        and gaps.later = periods.period
        and gaps.earlier between ranges.earliest and ranges.latest;
$$;
comment on function analytics.customers_between is 'How many different customers of a source ordered from the first to the last day in a currency, and how many of these have another order until the last day, in any currency.';

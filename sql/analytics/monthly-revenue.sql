-- Question: what are net sales by month, and how did they change from one month to the next?
-- Columns: first day of the month, orders, gross sales, discounts, refunds and net sales in minor units, change of net sales from the
-- month before as a share (null if that month had none, or less than 0).
with months as (
    select
        source,
        currency,
        month,
        orders,
        gross_minor,
        discount_minor,
        refunded_minor,
        net_minor,
        case
            when lag(month) over months_before = (month - interval '1 month')::date then lag(net_minor) over months_before
        end as net_before_minor
    from analytics.sales_monthly
    window months_before as (partition by source, currency order by month)
)
select
    source,
    currency,
    month,
    orders,
    gross_minor,
    discount_minor,
    refunded_minor,
    net_minor,
    case when net_before_minor > 0 then analytics.quotient(net_minor - net_before_minor, net_before_minor, 4) end as change
from months
order by source, currency, month;

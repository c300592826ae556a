-- Question: which regions buy the most?
-- Columns: country, region, orders, known customers, net sales in minor units, share of the net sales of source and currency.
with shares as (
    select
        source,
        currency,
        country,
        region,
        orders,
        customers,
        net_minor,
        sum(net_minor) over (partition by source, currency) as all_net_minor
    from analytics.region_sales
)
select
    source,
    currency,
    country,
    region,
    orders,
    customers,
    net_minor,
    case when all_net_minor > 0 then analytics.quotient(net_minor, all_net_minor, 4) end as net_share
from shares
order by source, currency, net_minor desc, country, region;

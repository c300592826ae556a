-- Question: which five products of each category sell best, by net sales?
-- Columns: category, place from 1, product, units sold and returned, net sales in minor units. Lines that name no product are left out.
with ranked as (
    select
        source,
        currency,
        category,
        rank() over (partition by source, currency, category order by net_minor desc) as place,
        product_id,
        name,
        units,
        units_returned,
        net_minor
    from analytics.product_sales
    where product_id is not null
)
select
    source,
    currency,
    category,
    place,
    product_id,
    name,
    units,
    units_returned,
    net_minor
from ranked
where place <= 5
order by source, currency, category, place, product_id;

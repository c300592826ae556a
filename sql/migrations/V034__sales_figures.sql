create view analytics.sales_monthly as
select
    source,
    date_trunc('month', business_date::timestamp)::date as month,
    currency,
    count(*) as orders,
    sum(gross_minor)::bigint as gross_minor,
    sum(net_minor)::bigint as net_minor,
    sum(shipping_minor)::bigint as shipping_minor
from analytics.sales_orders
group by source, date_trunc('month', business_date::timestamp)::date, currency;
comment on view analytics.sales_monthly is 'Sales by month of the business date. Months without sales have no row.';
comment on column analytics.sales_monthly.month is 'First day of the month.';
comment on column analytics.sales_monthly.net_minor is 'gross sales - discounts - refunds, by the date of the order.';
comment on column analytics.sales_monthly.shipping_minor is 'Shipping without tax; in neither gross nor net sales.';

-- Lines of products that the shop has deleted have no product id; their names keep them apart.
create view analytics.product_sales as
select
    source,
    product_id,
    max(name) as name,
    max(category) as category,
    currency,
    sum(units) as units,
    count(distinct order_id) as orders,
    sum(net_minor)::bigint as net_minor,
    sum(profit_minor)::bigint as profit_minor
from analytics.sales_items
group by source, product_id, case when product_id is null then name end, currency;
comment on view analytics.product_sales is 'Sales of each product that was sold.';
comment on column analytics.product_sales.product_id is 'Null for lines of products that the shop has deleted.';
comment on column analytics.product_sales.profit_minor is 'Profit of the lines whose cost is known; null where none is.';

create view analytics.category_sales as
select
    source,
    category,
    currency,
    sum(units) as units,
    sum(net_minor)::bigint as net_minor
from analytics.sales_items
group by source, category, currency;
comment on view analytics.category_sales is 'Sales of each category; products without one are unknown.';

create view analytics.region_sales as
select
    source,
    country,
    region,
    currency,
    count(*) as orders,
    count(distinct customer_id) as customers,
    sum(net_minor)::bigint as net_minor
from analytics.sales_orders
group by source, country, region, currency;
comment on view analytics.region_sales is 'Sales by where the orders were sent to.';

-- Which share of a product's sales its profit covers. Without signs, since a line of less than 0 would hide another of unknown cost.
create or replace view analytics.product_sales as
select
    source,
    product_id,
    max(name) as name,
    max(category) as category,
    currency,
    sum(units) as units,
    count(distinct order_id) as orders,
    sum(net_minor) as net_minor,
    sum(profit_minor) as profit_minor,
    sum(units_returned) as units_returned,
    sum(abs(net_minor)) as unsigned_net_minor,
    coalesce(sum(abs(net_minor)) filter (where cost_minor is not null), 0) as covered_net_minor
from marts.sales_items
group by source, product_id, case when product_id is null then name end, currency;
comment on column analytics.product_sales.unsigned_net_minor is 'Sum of the net sales of its lines, each without its sign.';
comment on column analytics.product_sales.covered_net_minor is 'The part of unsigned_net_minor that is of lines whose cost is known: those that profit_minor covers.';

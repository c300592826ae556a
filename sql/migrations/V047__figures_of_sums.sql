-- Months and categories as sums of their days, with the same columns as before.
create or replace view analytics.sales_monthly as
select
    source,
    date_trunc('month', business_date::timestamp)::date as month,
    currency,
    sum(orders)::bigint as orders,
    sum(gross_minor) as gross_minor,
    sum(net_minor) as net_minor,
    sum(shipping_minor) as shipping_minor,
    sum(orders - orders_with_lines)::bigint as orders_without_lines,
    sum(discount_minor) as discount_minor,
    sum(refunded_minor) as refunded_minor,
    sum(fees_minor) as fees_minor,
    sum(tax_minor) as tax_minor,
    sum(refunded_other_minor) as refunded_other_minor,
    sum(kept_minor) as kept_minor
from marts.sums_by_day
group by source, date_trunc('month', business_date::timestamp)::date, currency;

create or replace view analytics.category_sales as
select
    source,
    category,
    currency,
    sum(units) as units,
    sum(net_minor) as net_minor,
    sum(units_returned) as units_returned
from marts.sums_by_category
group by source, category, currency;

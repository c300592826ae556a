create view analytics.sales_weekly as
select
    source,
    date_trunc('week', business_date::timestamp)::date as week,
    extract(isoyear from date_trunc('week', business_date::timestamp))::integer as iso_year,
    extract(week from date_trunc('week', business_date::timestamp))::integer as iso_week,
    currency,
    sum(orders)::bigint as orders,
    sum(gross_minor) as gross_minor,
    sum(discount_minor) as discount_minor,
    sum(refunded_minor) as refunded_minor,
    sum(net_minor) as net_minor,
    sum(orders - orders_with_lines)::bigint as orders_without_lines,
    analytics.quotient(sum(net_with_lines_minor), sum(orders_with_lines), 0) as average_order_minor,
    sum(shipping_minor) as shipping_minor,
    sum(fees_minor) as fees_minor,
    sum(tax_minor) as tax_minor,
    sum(refunded_other_minor) as refunded_other_minor,
    sum(kept_minor) as kept_minor
from marts.sums_by_day
where source in (select sources.source from marts.sources)
group by source, date_trunc('week', business_date::timestamp), currency;
comment on view analytics.sales_weekly is 'Sales by ISO week of the business date, from Monday. Weeks without sales have no row.';
comment on column analytics.sales_weekly.source is 'Name of the source.';
comment on column analytics.sales_weekly.week is 'First day of the week, a Monday.';
comment on column analytics.sales_weekly.iso_year is 'Year that the week belongs to, as in ISO 8601.';
comment on column analytics.sales_weekly.iso_week is 'Week of iso_year; week 1 has the first Thursday.';
comment on column analytics.sales_weekly.currency is 'Currency of the amounts, as in ISO 4217.';
comment on column analytics.sales_weekly.orders is 'Number of orders that count as a sale.';
comment on column analytics.sales_weekly.gross_minor is 'Gross sales without tax and shipping, in minor units.';
comment on column analytics.sales_weekly.discount_minor is 'Discounts without tax, in minor units.';
comment on column analytics.sales_weekly.refunded_minor is 'Refunds without tax and shipping, whenever they were made, in minor units.';
comment on column analytics.sales_weekly.net_minor is 'Gross sales - discounts - refunds, by the date of the order.';
comment on column analytics.sales_weekly.orders_without_lines is 'Orders of these without any line; averages leave them out.';
comment on column analytics.sales_weekly.average_order_minor is 'Net sales of the orders with a line / the number of these orders, in minor units, rounded; null without such an order.';
comment on column analytics.sales_weekly.shipping_minor is 'Shipping without tax; in neither gross nor net sales.';
comment on column analytics.sales_weekly.fees_minor is 'Fees without tax; in neither gross nor net sales.';
comment on column analytics.sales_weekly.tax_minor is 'Tax, in minor units.';
comment on column analytics.sales_weekly.refunded_other_minor is 'Refunds of fees, shipping and tax.';
comment on column analytics.sales_weekly.kept_minor is 'What was paid less all refunds: net sales, fees, shipping and tax, less refunds of the latter three.';

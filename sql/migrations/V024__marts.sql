-- The rows of four analytics views, stored; the views stay their only definition. marts.refresh writes them when a run is closed.
create schema marts;
comment on schema marts is 'Stored figures: the rows of the analytics views on orders, lines and customers, as of the last closed run of each source.';

-- Only the owner of the marts writes them, by marts.refresh.
grant usage on schema marts to shopflow_loader, shopflow_dashboard, shopflow_bi;
alter default privileges in schema marts grant select on tables to shopflow_loader, shopflow_dashboard, shopflow_bi;

create table marts.sales_orders (
    like analytics.sales_orders including comments,
    constraint sales_orders_pk primary key (source, order_id)
);
create index sales_orders_by_customer on marts.sales_orders (source, customer_id);
-- Few orders have no lines. They count as orders, but not in averages.
create index sales_orders_without_lines on marts.sales_orders (source, currency, business_date) where item_count = 0;
-- The customers of the addresses of a day are read from the index alone.
create index sales_orders_by_day on marts.sales_orders (source, currency, business_date)
include (country, region, postcode_area, customer_id)
where is_order;
-- Few are none.
create index sales_orders_of_refunds_only on marts.sales_orders (source, order_id) where not is_order;
comment on table marts.sales_orders is 'One row per order that counts as a sale, and per standalone refund: analytics.sales_orders as of the last closed run.';

create table marts.sales_items (
    like analytics.sales_items including comments,
    constraint sales_items_pk primary key (source, order_id, order_item_id)
);
-- The page of a product reads its lines of a range of days.
create index sales_items_by_product on marts.sales_items (source, product_id, business_date);
-- Few lines are refunded. Those of a product are found whenever they were sold: the day of a refund is a later one.
create index sales_items_refunded on marts.sales_items (source, product_id) where refunded_minor <> 0;
create index sales_items_by_day on marts.sales_items (source, business_date);
comment on table marts.sales_items is 'One row per line of an order that counts as a sale: analytics.sales_items as of the last closed run.';

create table marts.unallocated_sales (
    like analytics.unallocated_sales including comments,
    constraint unallocated_sales_pk primary key (source, order_id)
);
comment on table marts.unallocated_sales is 'One row per order with net sales that are allocated to no line: analytics.unallocated_sales as of the last closed run.';

create table marts.sales_refunds (
    like analytics.sales_refunds including comments,
    constraint sales_refunds_pk primary key (source, order_id, refund_id)
);
-- Refunds by their own date are added up from rows: they are few beside the orders.
create index sales_refunds_by_day on marts.sales_refunds (source, currency, refunded_on) include (refunded_minor);
comment on table marts.sales_refunds is 'One row per refund of an order that counts as a sale: analytics.sales_refunds as of the last closed run.';

create table marts.left_out_rows (
    like analytics.left_out_rows including comments,
    constraint left_out_rows_pk primary key (source, order_id, stream, id)
);
create index left_out_rows_in_doubt on marts.left_out_rows (source, reason)
where reason in ('order_unknown', 'other_currency');
comment on table marts.left_out_rows is 'One row per row that is left out of the figures, and names an order: analytics.left_out_rows as of the last closed run.';

create table marts.sources (
    source text collate "C" not null,
    newest_order_on date,
    orders bigint not null,
    constraint sources_pk primary key (source)
);
comment on table marts.sources is 'One row per source that the marts know: one that a run was closed of.';
comment on column marts.sources.source is 'Name of the source.';
comment on column marts.sources.newest_order_on is 'Newest business date of any order as of the last closed run; null without orders. Standalone refunds are not orders.';
comment on column marts.sources.orders is 'Orders that count as a sale.';

create table marts.catalogue (
    source text collate "C" not null,
    category text not null,
    products bigint not null,
    constraint catalogue_pk primary key (source, category)
);
comment on table marts.catalogue is 'Categories of the products of a source, as of the last closed run.';
comment on column marts.catalogue.source is 'Name of the source.';
comment on column marts.catalogue.category is 'Current category; products without one are unknown.';
comment on column marts.catalogue.products is 'Products of it that the catalogue has: 0 if all of them are inferred from orders or reviews.';

create table marts.inferred_products (
    source text collate "C" not null,
    product_id text collate "C" not null,
    constraint inferred_products_pk primary key (source, product_id)
);
comment on table marts.inferred_products is 'Products that orders or reviews name and the catalogue does not have, as of the last closed run.';
comment on column marts.inferred_products.source is 'Name of the source.';
comment on column marts.inferred_products.product_id is 'The shop''s id of the product.';

create table marts.customer_value (
    source text collate "C" not null,
    customer_id text collate "C" not null,
    currency text not null,
    orders bigint not null,
    spent_minor numeric not null,
    first_order date not null,
    last_order date not null,
    customer_since date not null,
    last_order_of_any_currency date not null,
    constraint customer_value_pk primary key (source, customer_id, currency)
);
-- Who has spent most: of all, and of those who have left or may leave, without reading the others.
create index customer_value_by_spent on marts.customer_value (source, currency, spent_minor desc, customer_id)
include (last_order_of_any_currency);
create index customer_value_by_last_order on marts.customer_value (source, currency, last_order_of_any_currency);
comment on table marts.customer_value is 'One row per customer and currency with a sale; analytics.customer_value adds how long ago that is.';
comment on column marts.customer_value.source is 'Name of the source.';
comment on column marts.customer_value.customer_id is 'The shop''s id of the customer, or the pseudonym of a guest''s e-mail address.';
comment on column marts.customer_value.currency is 'Currency of the orders.';
comment on column marts.customer_value.orders is 'Orders that count as a sale.';
comment on column marts.customer_value.spent_minor is 'Net sales of these orders, less the customer''s standalone refunds, in minor units.';
comment on column marts.customer_value.first_order is 'Day of the first of these orders.';
comment on column marts.customer_value.last_order is 'Day of the last of these orders.';
comment on column marts.customer_value.customer_since is 'Day of the customer''s first order that counts as a sale, in any currency.';
comment on column marts.customer_value.last_order_of_any_currency is 'Day of the customer''s last order that counts as a sale, in any currency: who orders in another currency has not left.';

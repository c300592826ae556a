\timing on
\echo == customers
begin; truncate staging.customers;
\copy staging.customers() from '/tmp/load/clean/customers.csv' with (format csv, header match)

insert into warehouse.dim_customers(source,customer_id,,run_id,part) select 'olist',id,,'R',1 from staging.customers s order by id;
truncate staging.customers; commit;
\echo == products
begin; truncate staging.products;
\copy staging.products() from '/tmp/load/clean/products.csv' with (format csv, header match)

insert into warehouse.dim_products(source,product_id,,run_id,part,valid_from,valid_to,last_version_at,last_run_id,last_part,last_source_row) select 'olist',id,,'R',1,'-infinity','infinity',version_at,'R',1,source_row from staging.products order by id;
truncate staging.products; commit;
\echo == sellers
begin; truncate staging.sellers;
\copy staging.sellers() from '/tmp/load/clean/sellers.csv' with (format csv, header match)

insert into warehouse.dim_sellers(source,seller_id,,run_id,part) select 'olist',id,,'R',1 from staging.sellers s order by id;
truncate staging.sellers; commit;
\echo == orders
begin; truncate staging.orders;
\copy staging.orders() from '/tmp/load/clean/orders.csv' with (format csv, header match)

insert into warehouse.fact_orders(source,order_id,,run_id,part) select 'olist',id,,'R',1 from staging.orders s order by id;
truncate staging.orders; commit;
\echo == order_items
begin; truncate staging.order_items;
\copy staging.order_items() from '/tmp/load/clean/order_items.csv' with (format csv, header match)

insert into warehouse.fact_order_items(source,order_item_id,,run_id,part) select 'olist',id,,'R',1 from staging.order_items s order by id;
truncate staging.order_items; commit;
\echo == payments
begin; truncate staging.payments;
\copy staging.payments() from '/tmp/load/clean/payments.csv' with (format csv, header match)

insert into warehouse.fact_payments(source,payment_id,,run_id,part) select 'olist',id,,'R',1 from staging.payments s order by id;
truncate staging.payments; commit;
\echo == reviews
begin; truncate staging.reviews;
\copy staging.reviews() from '/tmp/load/clean/reviews.csv' with (format csv, header match)

insert into warehouse.fact_reviews(source,review_id,,run_id,part) select 'olist',id,,'R',1 from staging.reviews s order by id;
truncate staging.reviews; commit;

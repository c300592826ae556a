-- Products that are in the same orders. An order with n products has n × (n - 1) / 2 pairs, so one with thousands of them would have
-- millions: orders with more than analytics.largest_basket() products are left out, and each row says how many these are.
create function analytics.largest_basket() returns integer
language sql immutable parallel safe
return 100;
comment on function analytics.largest_basket is 'Orders with more different products are left out of bought_together.';

create function analytics.bought_together_between(
    source_name text, currency_code text, first_day date, last_day date
)
returns table (
    product_id text,
    partner_rank bigint,
    partner_id text,
    baskets_with_both bigint,
    baskets_with_product bigint,
    baskets_with_partner bigint,
    baskets bigint,
    baskets_left_out bigint,
    support numeric,
    confidence numeric,
    lift numeric
)
language sql stable rows 10000
set search_path = pg_catalog, pg_temp
-- Lines are joined with lines: one by one where PostgreSQL takes them for few, which it does in sources that it knows little of.
set enable_nestloop = off
set work_mem = '64MB'
as $$
    with products as materialized (
        select items.order_id, items.product_id
        from marts.sales_items as items
        where items.source = source_name
            and items.currency = currency_code
            and items.business_date between first_day and last_day
            and items.product_id is not null
            and items.units > 0
        group by items.order_id, items.product_id
    ),
    orders as (
        select products.order_id, count(*) as product_count
        from products
        group by products.order_id
        having count(*) > 1
    ),
    totals as (
        select
            count(*) filter (where orders.product_count <= analytics.largest_basket()) as baskets,
            count(*) filter (where orders.product_count > analytics.largest_basket()) as baskets_left_out
        from orders
    ),
    basket_products as materialized (
        select products.order_id, products.product_id
        from products
        inner join orders using (order_id)
        where orders.product_count <= analytics.largest_basket()
    ),
    product_baskets as (
        select basket_products.product_id, count(*) as baskets
        from basket_products
        group by basket_products.product_id
    ),
    pairs as materialized (
        select one.product_id, other.product_id as partner_id, count(*) as baskets
        from basket_products as one
        inner join basket_products as other
            on other.order_id = one.order_id
            and other.product_id > one.product_id
        group by one.product_id, other.product_id
    ),
    pairs_of_both as (
        select pairs.product_id, pairs.partner_id, pairs.baskets
        from pairs
        union all
        select pairs.partner_id, pairs.product_id, pairs.baskets
        from pairs
    ),
    ranked as (
        select
            both_products.product_id,
            both_products.partner_id,
            both_products.baskets,
            of_product.baskets as of_product,
            of_partner.baskets as of_partner,
            row_number() over (
                partition by both_products.product_id
                order by both_products.baskets desc, of_partner.baskets, both_products.partner_id
            ) as partner_rank
        from pairs_of_both as both_products
        inner join product_baskets as of_product on of_product.product_id = both_products.product_id
        inner join product_baskets as of_partner on of_partner.product_id = both_products.partner_id
    )
    select
        ranked.product_id,
        ranked.partner_rank,
        ranked.partner_id,
        ranked.baskets,
        ranked.of_product,
        ranked.of_partner,
        totals.baskets,
        totals.baskets_left_out,
        analytics.quotient(ranked.baskets, totals.baskets, 6),
        analytics.quotient(ranked.baskets, ranked.of_product, 4),
        analytics.quotient(ranked.baskets::numeric * totals.baskets, ranked.of_product::numeric * ranked.of_partner, 4)
    from ranked
    cross join totals
    where ranked.partner_rank <= 20
$$;
comment on function analytics.bought_together_between is 'The 20 products that each product of a source is most often bought with, in orders of a currency from the first to the last day. The columns are those of bought_together.';

create view analytics.bought_together as
with currencies as (
    select distinct source, currency
    from marts.sums_by_day
    where source in (select sources.source from marts.sources)
)
select
    currencies.source,
    currencies.currency,
    pairs.product_id,
    product.name,
    pairs.partner_rank,
    pairs.partner_id,
    partner.name as partner_name,
    pairs.baskets_with_both,
    pairs.baskets_with_product,
    pairs.baskets_with_partner,
    pairs.baskets,
    pairs.baskets_left_out,
    pairs.support,
    pairs.confidence,
    pairs.lift
from currencies
cross join lateral analytics.bought_together_between(
    currencies.source, currencies.currency, '-infinity', 'infinity'
) as pairs
left join production.products as product
    on product.source = currencies.source
    and product.product_id = pairs.product_id
left join production.products as partner
    on partner.source = currencies.source
    and partner.product_id = pairs.partner_id;
comment on view analytics.bought_together is 'The 20 products that each product is most often bought with, of all time. Baskets are orders with 2 to 100 different products (analytics.largest_basket()), of one currency. Counts all lines of the source, so choose one, or a range of days with bought_together_between.';
comment on column analytics.bought_together.source is 'Name of the source.';
comment on column analytics.bought_together.currency is 'Currency of the orders, as in ISO 4217.';
comment on column analytics.bought_together.product_id is 'The shop''s id of the product.';
comment on column analytics.bought_together.name is 'Current name of the product.';
comment on column analytics.bought_together.partner_rank is '1 to 20: by baskets_with_both; with equal numbers, the product in fewer baskets comes first, then the smaller id.';
comment on column analytics.bought_together.partner_id is 'Id of the product that is bought with it.';
comment on column analytics.bought_together.partner_name is 'Current name of that product.';
comment on column analytics.bought_together.baskets_with_both is 'Baskets with both products.';
comment on column analytics.bought_together.baskets_with_product is 'Baskets with the product.';
comment on column analytics.bought_together.baskets_with_partner is 'Baskets with the other one.';
comment on column analytics.bought_together.baskets is 'All baskets of the source and currency: orders with at least two different products, and at most analytics.largest_basket().';
comment on column analytics.bought_together.baskets_left_out is 'Orders of the source and currency with more products: they are in none of these numbers.';
comment on column analytics.bought_together.support is 'baskets_with_both / baskets.';
comment on column analytics.bought_together.confidence is 'baskets_with_both / baskets_with_product: how often the other one is bought if the product is.';
comment on column analytics.bought_together.lift is 'confidence / (baskets_with_partner / baskets): more than 1 if they are bought together more often than by chance.';

-- A small shop for the page of queries: eight products and 48 orders of five months. Every value follows from a number.
insert into warehouse.dim_products (
    source, product_id, name, category, price_minor, unit_cost_minor, currency, valid_from, valid_to, version_at, run_id, part,
    source_row, last_version_at, last_run_id, last_part, last_source_row
)
select
    'tea', 'p' || number, name, category, price, cost, 'GBP', '-infinity', 'infinity', '2026-01-01', 'run', 1, number,
    '2026-01-01', 'run', 1, number
from (
    values
        (1, 'Assam', 'Tea', 900, 400),
        (2, 'Darjeeling', 'Tea', 1200, 700),
        (3, 'Earl Grey', 'Tea', 800, 350),
        (4, 'Teapot', 'Ware', 3500, 2000),
        (5, 'Mug', 'Ware', 1100, 450),
        (6, 'Strainer', 'Ware', 600, null),
        (7, 'Honey', null, 700, 500),
        (8, 'Samovar', 'Ware', 25000, 15000)
) as products (number, name, category, price, cost);

insert into warehouse.fact_orders (
    source, order_id, customer_id, status, currency, ordered_at, ordered_on, ship_country, ship_region, version_at, run_id, part, source_row
)
select
    'tea',
    'o' || number,
    -- Some customers order often, some once and never again; every twelfth order names none.
    case
        when number % 12 = 0 then null
        when number % 7 = 1 then 'once' || number
        else 'c' || number * number % 23
    end,
    case when number % 15 = 0 then 'cancelled' else 'completed' end,
    'GBP',
    date '2026-01-01' + number * 3,
    date '2026-01-01' + number * 3,
    case when number % 4 = 0 then 'IE' else 'GB' end,
    case number % 4 when 0 then 'Leinster' when 1 then 'Kent' else 'Fife' end,
    '2026-06-01',
    'run',
    1,
    number
from generate_series(1, 48) as orders (number);

insert into warehouse.fact_order_items (
    source, order_item_id, order_id, product_id, quantity, unit_price_minor, net_minor, currency, version_at, run_id, part, source_row
)
select
    'tea',
    'l' || number || '-' || line,
    'o' || number,
    products.product_id,
    1 + (number + line) % 2,
    products.price_minor,
    products.price_minor * (1 + (number + line) % 2),
    'GBP',
    '2026-06-01',
    'run',
    1,
    number * 10 + line
from generate_series(1, 48) as orders (number)
cross join generate_series(1, 3) as lines (line)
inner join warehouse.dim_products as products
    -- A tea, a ware or honey, and a mug with many a teapot.
    on products.product_id = case line
        when 1 then 'p' || 1 + number % 3
        when 2 then 'p' || 4 + number % 4
        else 'p5'
    end
where line <= 1 + number % 3;

insert into warehouse.fact_refunds (
    source, refund_id, order_id, order_item_id, quantity, amount_minor, currency, refunded_at, refunded_on, version_at, run_id, part,
    source_row
)
select
    source, 'r' || order_item_id, order_id, order_item_id, 1, unit_price_minor, 'GBP', '2026-06-01', '2026-06-01', '2026-06-01', 'run', 1,
    source_row
from warehouse.fact_order_items
where source_row % 110 = 1;

select marts.refresh(array['tea']);

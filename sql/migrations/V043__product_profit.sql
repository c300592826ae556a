-- What products earn, with shares of their amounts, and the products that were never sold.
create view analytics.product_profit as
select
    source,
    product_id,
    name,
    category,
    currency,
    true as is_sold,
    orders,
    units,
    units_returned,
    gross_minor,
    discount_minor,
    refunded_minor,
    net_minor,
    case
        when gross_minor - discount_minor > 0 then analytics.quotient(refunded_minor, gross_minor - discount_minor, 4)
    end as refunded_share,
    cost_minor,
    analytics.quotient(covered_net_minor, unsigned_net_minor, 4) as covered_share,
    profit_minor,
    -- Profit is net sales - cost of the same lines.
    case
        when profit_minor + cost_minor > 0 then analytics.quotient(profit_minor, profit_minor + cost_minor, 4)
    end as margin
from analytics.product_sales
union all
select
    products.source,
    products.product_id,
    products.name,
    coalesce(products.category, 'unknown'),
    products.currency,
    false,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    null,
    null,
    null,
    null,
    null
from production.products as products
where not products.is_inferred
    and products.source in (select sources.source from marts.sources)
    and not exists (
        select
        from marts.sales_items as items
        where items.source = products.source and items.product_id = products.product_id
    );
comment on view analytics.product_profit is 'Sales, refunds, cost and profit of each product and currency, and the products that were never sold. Lines of products that the shop has deleted are apart by name.';
comment on column analytics.product_profit.source is 'Name of the source.';
comment on column analytics.product_profit.product_id is 'The shop''s id of the product; null for lines that name none.';
comment on column analytics.product_profit.name is 'Current name of the product, else its name when it was sold.';
comment on column analytics.product_profit.category is 'Current category of the product; unknown if it has none.';
comment on column analytics.product_profit.currency is 'Currency of the amounts; of a product that was never sold, that of its price, which may be null.';
comment on column analytics.product_profit.is_sold is 'False for products of the catalogue that are in no order that counts as a sale: their other figures are 0 or null.';
comment on column analytics.product_profit.orders is 'Number of orders with it that count as a sale.';
comment on column analytics.product_profit.units is 'Units sold, including those that were returned.';
comment on column analytics.product_profit.units_returned is 'Units of these that were returned.';
comment on column analytics.product_profit.gross_minor is 'Gross sales without tax and shipping, in minor units.';
comment on column analytics.product_profit.discount_minor is 'Discounts without tax, in minor units.';
comment on column analytics.product_profit.refunded_minor is 'Refunds without tax and shipping, whenever they were made, in minor units.';
comment on column analytics.product_profit.net_minor is 'Gross sales - discounts - refunds: what the product brought in, in minor units.';
comment on column analytics.product_profit.refunded_share is 'refunded_minor / (gross_minor - discount_minor); null unless the latter is more than 0.';
comment on column analytics.product_profit.cost_minor is 'Cost of the lines whose cost is known, in minor units; null where none is.';
comment on column analytics.product_profit.covered_share is 'Share of the net sales, without signs, that is of lines whose cost is known: those that cost, profit and margin are of. Null without net sales.';
comment on column analytics.product_profit.profit_minor is 'Net sales - cost of the lines whose cost is known, in minor units; null where none is.';
comment on column analytics.product_profit.margin is 'profit_minor / net sales of the lines whose cost is known; null unless these are more than 0.';

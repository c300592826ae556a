-- Question: which products of the catalogue were never sold?
-- Columns: product, name, category.
select
    source,
    product_id,
    name,
    category
from analytics.product_profit
where not is_sold
order by source, product_id;

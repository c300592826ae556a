-- Question: which products should be offered with which?
-- Columns: product and its three best partners, orders with both, confidence (how often the partner is bought if the product is), lift
-- (more than 1: more often than by chance), orders left out because they have very many products.
select
    source,
    currency,
    product_id,
    partner_rank,
    partner_id,
    baskets_with_both,
    confidence,
    lift,
    baskets_left_out
from analytics.bought_together
where partner_rank <= 3
order by source, currency, product_id, partner_rank;

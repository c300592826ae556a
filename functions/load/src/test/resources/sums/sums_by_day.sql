with lines as (
    select
        source,
        order_id,
        sum(net_minor) as net_minor,
        sum(abs(net_minor)) as unsigned_minor,
        count(cost_minor) as covered_lines,
        sum(abs(net_minor)) filter (where cost_minor is not null) as covered_minor,
        sum(profit_minor) as profit_minor
    from items
    group by source, order_id
)
select
    source,
    currency,
    business_date,
    count(*) filter (where is_order),
    count(*) filter (where item_count > 0),
    count(*) filter (where is_order and customer_id is null),
    sum(gross_minor),
    sum(discount_minor),
    sum(refunded_minor),
    sum(orders.net_minor),
    coalesce(sum(orders.net_minor) filter (where item_count > 0), 0),
    coalesce(sum(orders.net_minor) filter (where item_count > 0 and customer_id is not null), 0),
    sum(shipping_minor),
    sum(fees_minor),
    sum(tax_minor),
    sum(refunded_other_minor),
    sum(kept_minor),
    coalesce(sum(lines.net_minor), 0),
    coalesce(sum(lines.unsigned_minor), 0),
    coalesce(sum(lines.covered_lines), 0),
    coalesce(sum(lines.covered_minor), 0),
    coalesce(sum(lines.profit_minor), 0)
from orders
left join lines using (source, order_id)
group by source, currency, business_date

with lines as (
    select
        items.*,
        case
            when extract(day from business_date) <= 10 then 0
            when extract(day from business_date) <= 20 then 10
            else 20
        end as days_before_third,
        -- An order counts once for a product, under the first of its names.
        row_number() over (
            partition by source, order_id, product_id, case when product_id is null then coalesce(name, '') end
            order by coalesce(name, ''), order_item_id
        ) = 1 as is_first_of_order
    from items
)
select
    source,
    currency,
    grain,
    case grain
        when 'third' then date_trunc('month', business_date::timestamp)::date + days_before_third
        else date_trunc(grain, business_date::timestamp)::date
    end,
    category,
    coalesce(product_id, ''),
    coalesce(name, ''),
    count(*),
    sum(units),
    sum(net_minor),
    sum(abs(net_minor)),
    count(cost_minor),
    coalesce(sum(abs(net_minor)) filter (where cost_minor is not null), 0),
    coalesce(sum(profit_minor), 0),
    count(*) filter (where is_first_of_order),
    sum(units_returned),
    sum(gross_minor),
    sum(discount_minor),
    sum(refunded_minor),
    coalesce(sum(cost_minor), 0)
from lines
cross join (values ('third'), ('month'), ('quarter'), ('year')) as grains (grain)
group by 1, 2, 3, 4, 5, 6, 7

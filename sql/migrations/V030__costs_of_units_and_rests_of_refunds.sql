-- The cost that was seen first is that of one unit: it follows the line's quantity, which the shop may change later.
alter table warehouse.fact_order_items add column line_cost_quantity numeric;
update warehouse.fact_order_items set line_cost_quantity = quantity where line_cost_minor is not null;
alter table warehouse.fact_order_items
    drop constraint fact_order_items_cost_has_version,
    add constraint fact_order_items_cost_has_version check (
        (line_cost_minor is null) = (line_cost_version_at is null)
        and (line_cost_minor is null) = (line_cost_run_id is null)
        and (line_cost_minor is null) = (line_cost_quantity is null)
    );
comment on column warehouse.fact_order_items.line_cost_minor is 'Cost of line_cost_quantity units as first seen, whatever later versions say; none means unknown. In minor units of the currency.';
comment on column warehouse.fact_order_items.line_cost_quantity is 'Quantity of the version that line_cost_minor comes from.';

-- Tax, shipping and fees that come back with goods are no goods.
alter table warehouse.fact_refunds add column if not exists other_minor bigint;
comment on column warehouse.fact_refunds.other_minor is 'Tax, shipping and fees that were given back beside the amount, where the shop tells them apart. In minor units of the currency.';

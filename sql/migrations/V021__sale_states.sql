-- The only definition of which states count as a sale.
create function analytics.is_sale(status text) returns boolean
language sql immutable parallel safe
return status in ('processing', 'completed', 'refunded');
comment on function analytics.is_sale is 'Whether an order in this state counts as a sale: pending, cancelled and failed orders do not.';

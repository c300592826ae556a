-- Loads stage into temporary tables of their own connection, so that parts of one stream need not wait for each other. The tables
-- of the schema staging say what those look like; only loads of the release before still write them.
do $$
begin
    execute format('grant temporary on database %I to shopflow_loader', current_database());
end
$$;

comment on table staging.customers is 'What a clean part of the stream customers looks like while a load merges it; stays empty.';
comment on table staging.products is 'What a clean part of the stream products looks like while a load merges it; stays empty.';
comment on table staging.sellers is 'What a clean part of the stream sellers looks like while a load merges it; stays empty.';
comment on table staging.orders is 'What a clean part of the stream orders looks like while a load merges it; stays empty.';
comment on table staging.order_items is 'What a clean part of the stream order_items looks like while a load merges it; stays empty.';
comment on table staging.payments is 'What a clean part of the stream payments looks like while a load merges it; stays empty.';
comment on table staging.refunds is 'What a clean part of the stream refunds looks like while a load merges it; stays empty.';
comment on table staging.reviews is 'What a clean part of the stream reviews looks like while a load merges it; stays empty.';
comment on table staging.product_versions is 'What the histories look like that a part of the stream products changes; stays empty.';

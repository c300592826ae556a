-- Loads stage into temporary tables of their own connection, so that parts of one stream need not wait for each other. The tables
-- of the schema staging say what those look like; only loads of the release before still write them.
do $$
begin
    execute format('grant temporary on database %I to shopflow_loader', current_database());
end
$$;

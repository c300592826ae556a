-- What each role may do with everything that the migrations after this one make.
grant usage on schema etl, warehouse to shopflow_loader;
alter default privileges in schema etl, warehouse grant select, insert, update, delete on tables to shopflow_loader;

-- The loader refreshes the statistics of tables that it has filled, without which PostgreSQL skips them with a warning, and
-- stages into temporary tables of its own connection, so that parts of one stream need not wait for each other.
do $$
begin
    if current_setting('server_version_num')::integer >= 170000 then
        execute 'alter default privileges in schema warehouse grant maintain on tables to shopflow_loader';
    end if;
    execute format('grant temporary on database %I to shopflow_loader', current_database());
end
$$;

grant usage on schema etl, warehouse, production, analytics to shopflow_dashboard;
alter default privileges in schema etl, warehouse, production, analytics grant select on tables to shopflow_dashboard;

grant usage on schema production, analytics to shopflow_bi;
alter default privileges in schema production, analytics grant select on tables to shopflow_bi;

-- The loader refreshes the statistics of tables that it has filled; without this PostgreSQL skips them with a warning.
do $$
begin
    if current_setting('server_version_num')::integer >= 170000 then
        execute 'grant maintain on all tables in schema warehouse to shopflow_loader';
        execute 'alter default privileges in schema warehouse grant maintain on tables to shopflow_loader';
    end if;
end
$$;

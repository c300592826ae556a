grant usage on schema etl, staging, warehouse to shopflow_loader;
grant select, insert, update, delete on all tables in schema etl, warehouse to shopflow_loader;
grant select, insert, truncate on all tables in schema staging to shopflow_loader;

grant usage on schema etl, warehouse, production, analytics to shopflow_dashboard;
grant select on all tables in schema etl, warehouse, production, analytics to shopflow_dashboard;

-- What later migrations make is granted in the same way.
alter default privileges in schema etl, warehouse grant select, insert, update, delete on tables to shopflow_loader;
alter default privileges in schema staging grant select, insert, truncate on tables to shopflow_loader;
alter default privileges in schema etl, warehouse, production, analytics grant select on tables to shopflow_dashboard;

-- Roles belong to the server, not to the database: another database of the same server may have created them. They cannot log in
-- until the deployment sets their passwords. shopflow_bi is for BI tools: it reads only what is documented and stable.
do $$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'shopflow_loader') then
        create role shopflow_loader nologin;
    end if;
    if not exists (select from pg_catalog.pg_roles where rolname = 'shopflow_dashboard') then
        create role shopflow_dashboard nologin;
    end if;
    if not exists (select from pg_catalog.pg_roles where rolname = 'shopflow_bi') then
        create role shopflow_bi nologin;
    end if;
exception
    -- Two databases of one server are being migrated at once.
    when duplicate_object or unique_violation then null;
end
$$;

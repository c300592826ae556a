-- For tools that people connect to the warehouse: they see what is documented and stable, and nothing else. It cannot log
-- in until whoever deploys gives it a password.
do $$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'shopflow_bi') then
        create role shopflow_bi nologin;
    end if;
exception
    -- Two databases of one server are being migrated at once.
    when duplicate_object or unique_violation then null;
end
$$;

grant usage on schema production, analytics to shopflow_bi;
grant select on all tables in schema production, analytics to shopflow_bi;
alter default privileges in schema production, analytics grant select on tables to shopflow_bi;

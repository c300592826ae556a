-- Refreshes the marts of a source when a run is closed or a late part is merged, even if an older version of load, without marts,
-- writes the ledger. The current version refreshes them itself before that, because it reads the findings from them.
create function etl.refresh_stale_marts() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    source_name text;
begin
    select runs.source into source_name from etl.runs as runs where runs.run_id = new.run_id;
    if exists (select from etl.stale_orders as stale where stale.source = source_name)
        or exists (select from etl.stale_products as stale where stale.source = source_name)
        or not exists (select from marts.sources as known where known.source = source_name)
    then
        perform marts.refresh(array[source_name]);
    end if;
    return null;
end
$$;
comment on function etl.refresh_stale_marts is 'Trigger of runs that are closed, and of parts that are merged after that.';

create trigger refresh_marts after update on etl.runs
for each row when (old.status = 'running' and new.status <> 'running')
execute function etl.refresh_stale_marts();

create trigger refresh_marts after insert on etl.late_parts
for each row when (new.applied)
execute function etl.refresh_stale_marts();

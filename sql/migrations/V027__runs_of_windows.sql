-- A window of a backfill says nothing of how fresh a source's rows are.
alter table etl.runs add column read_until date;
comment on column etl.runs.read_until is 'Of a run that read a window of days: the day after its last one, in the shop''s zone. Null for a run that read up to its own time.';

create or replace view analytics.freshness as
with known_sources as (
    select distinct source
    from etl.runs
)
select
    known_sources.source,
    newest_order.ordered_on as newest_order_on,
    last_complete.run_id as last_complete_run_id,
    last_complete.closed_at as last_complete_at,
    last_run.run_id as last_run_id,
    last_run.status as last_run_status,
    coalesce(last_run.closed_at, last_run.started_at) as last_run_at
from known_sources
left join lateral (
    select max(ordered_on) as ordered_on
    from warehouse.fact_orders as orders
    where orders.source = known_sources.source
) as newest_order on true
left join lateral (
    select run_id, closed_at
    from etl.runs as runs
    where runs.source = known_sources.source and runs.status = 'complete' and runs.read_until is null
    order by run_id desc
    limit 1
) as last_complete on true
left join lateral (
    select run_id, status, started_at, closed_at
    from etl.runs as runs
    where runs.source = known_sources.source and runs.read_until is null
    order by run_id desc
    limit 1
) as last_run on true;

-- A window of a backfill does not make the rows of a source fresher.
create view analytics.freshness as
with known_sources as (
    select distinct source
    from etl.runs
)
select
    known_sources.source,
    marts.newest_order_on,
    last_complete.run_id as last_complete_run_id,
    last_complete.closed_at as last_complete_at,
    last_run.run_id as last_run_id,
    last_run.status as last_run_status,
    coalesce(last_run.closed_at, last_run.started_at) as last_run_at
from known_sources
left join marts.sources as marts using (source)
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
comment on view analytics.freshness is 'How fresh the figures of each source are, and how its last run ended.';
comment on column analytics.freshness.newest_order_on is 'Newest business date of any order, as of the last closed run.';
comment on column analytics.freshness.last_complete_at is 'When the last complete run was closed.';
comment on column analytics.freshness.last_run_at is 'When the last run was closed; while it is running, when it began.';

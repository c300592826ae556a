-- Not materialized: a query of one run reads the parts of that run only. A stream that failed is not balanced, even where nothing
-- was counted and nothing was read.
create view etl.run_ledger as
with part_totals as not materialized (
    select
        run_id,
        stream,
        sum(extracted)::bigint as extracted,
        sum(inserted)::bigint as inserted,
        sum(updated)::bigint as updated,
        sum(unchanged)::bigint as unchanged,
        sum(duplicate)::bigint as duplicate,
        sum(quarantined)::bigint as quarantined
    from etl.part_ledger
    group by run_id, stream
),
manifest_parts as (
    select
        expected.run_id,
        expected.stream,
        count(*) filter (where loaded.run_id is null) as missing_parts,
        count(*) filter (where loaded.extracted <> expected.rows) as unequal_parts
    from etl.run_parts as expected
    left join etl.part_ledger as loaded using (run_id, stream, part)
    group by expected.run_id, expected.stream
),
run_stream_keys as (
    select run_id, stream from etl.run_streams
    union
    select run_id, stream from part_totals
)
select
    runs.run_id,
    runs.source,
    runs.status,
    run_stream_keys.stream,
    streams.counted,
    coalesce(streams.extracted, totals.extracted) as extracted,
    coalesce(totals.inserted, 0) as inserted,
    coalesce(totals.updated, 0) as updated,
    coalesce(totals.unchanged, 0) as unchanged,
    coalesce(totals.duplicate, 0) as duplicate,
    coalesce(totals.quarantined, 0) as quarantined,
    coalesce(parts.missing_parts, 0) as missing_parts,
    (
        streams.run_id is not null
        and coalesce(streams.counted = streams.extracted, true)
        and coalesce(parts.missing_parts, 0) = 0
        and coalesce(parts.unequal_parts, 0) = 0
        and streams.extracted = coalesce(totals.extracted, 0)
        and not exists (
            select
            from etl.run_problems as problems
            where problems.run_id = run_stream_keys.run_id
                and (
                    problems.stream = run_stream_keys.stream
                    or (problems.stream is null and streams.counted is null)
                )
        )
    ) as balanced
from run_stream_keys
inner join etl.runs as runs using (run_id)
left join etl.run_streams as streams using (run_id, stream)
left join part_totals as totals using (run_id, stream)
left join manifest_parts as parts using (run_id, stream);
comment on view etl.run_ledger is 'One row per run and stream: what the source counted, what was extracted, and how many rows had each outcome.';
comment on column etl.run_ledger.counted is 'Number of rows that the source reports, its deletions included; null if it cannot count them.';
comment on column etl.run_ledger.extracted is 'Rows extracted, by the manifest; until that is loaded, rows of the parts loaded so far.';
comment on column etl.run_ledger.missing_parts is 'Parts that the manifest names and that are not loaded.';
comment on column etl.run_ledger.balanced is 'counted = extracted = inserted + updated + unchanged + duplicate + quarantined, part by part, and the stream had no problem. False until the manifest is in.';

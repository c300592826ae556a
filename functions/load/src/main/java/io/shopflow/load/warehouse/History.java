package io.shopflow.load.warehouse;

import io.shopflow.core.run.PartId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * Merges staged rows of a dimension into their histories (slowly changing dimension of type 2).
 *
 * <p>A history consists of observations in the order of their versions. Consecutive observations
 * with equal attributes are one row; of several with the same {@code version_at}, the last counts.
 * A row keeps its first and its last observation, and {@code etl.repeated_observations} those
 * between them, so that a late version is inserted at the right point, even within a period that
 * seemed to have no change. The first known version is valid from {@code -infinity}. A new {@code
 * updated_at} alone makes no new row; the row keeps the latest.
 *
 * <p>If a source has no {@code updated_at}, an observation equal to the version valid at its time
 * is not stored, so a run that changes nothing writes nothing.
 *
 * <p>A snapshot replaces what earlier runs observed at its version or later: what was read later is
 * right.
 *
 * <p>Only keys with new observations are read and written. Rows with new keys, which are most of a
 * first load, are inserted directly.
 */
final class History implements Merge {

    private static final String UPDATED_AT = "updated_at";

    /** The first and the last observation of a version. */
    private static final Columns OBSERVED =
            Columns.of(
                    "version_at",
                    "run_id",
                    "part",
                    "source_row",
                    "last_version_at",
                    "last_run_id",
                    "last_part",
                    "last_source_row");

    private static final String INSERT_NEW =
            """
            with completed as (
                update {table} as target
                set
                    {attributes = incoming},
                    updated_at = incoming.updated_at,
                    is_inferred = false,
                    version_at = incoming.version_at,
                    run_id = :run,
                    part = :part,
                    source_row = incoming.source_row,
                    last_version_at = incoming.version_at,
                    last_run_id = :run,
                    last_part = :part,
                    last_source_row = incoming.source_row
                from {staging} as incoming
                where target.source = :source
                    and target.{key} = incoming.id
                    and target.is_inferred
                returning 1
            ),
            inserted as (
                insert into {table} (
                    source, {key}, {attributes}, updated_at, valid_from, valid_to, {observed}
                )
                select
                    :source, id, {attributes}, updated_at, '-infinity', 'infinity',
                    version_at, :run, :part, source_row, version_at, :run, :part, source_row
                from {staging} as incoming
                where not exists (
                    select
                    from {table} as target
                    where target.source = :source and target.{key} = incoming.id
                )
                order by id
                returning 1
            )
            select (select count(*) from completed) + (select count(*) from inserted)
            """;

    /**
     * The new histories of the keys for which the part has new observations. Stores the
     * observations that repeat a version.
     */
    private static final String STAGE_HISTORIES =
            """
            with observed_now as (
                select incoming.*
                from {staging} as incoming
                where not exists (
                    select
                    from {table} as target
                    where target.source = :source
                        and target.{key} = incoming.id
                        and not target.is_inferred
                        and target.valid_from <= incoming.version_at
                        and target.valid_to > incoming.version_at
                        and (
                            incoming.updated_at is null
                            or {is not of snapshot}
                            and (
                                incoming.version_at in (target.version_at, target.last_version_at)
                                or exists (
                                    select
                                    from etl.repeated_observations as repeated
                                    where repeated.source = :source
                                        and repeated.stream = '{stream}'
                                        and repeated.id = incoming.id
                                        and repeated.version_at = incoming.version_at
                                        and repeated.content_hash = {hash of target}
                                )
                            )
                        )
                        and ({attributes of target}) is not distinct from ({attributes of incoming})
                        and (
                            {is not of snapshot}
                            or not exists (
                                select
                                from {table} as later
                                where later.source = :source
                                    and later.{key} = incoming.id
                                    and later.last_run_id < :run
                                    and later.last_version_at > incoming.version_at
                            )
                        )
                )
                and (
                    not exists (
                        select
                        from etl.part_ledger as ledger
                        where ledger.run_id > :run
                            and ledger.source = :source
                            and ledger.stream = '{stream}'
                            and ledger.is_snapshot
                    )
                    or not exists (
                        select
                        from {table} as target
                        inner join etl.part_ledger as ledger
                            on ledger.run_id = target.last_run_id
                                and ledger.stream = '{stream}'
                                and ledger.part = target.last_part
                        where target.source = :source
                            and target.{key} = incoming.id
                            and target.last_run_id > :run
                            and target.last_version_at < incoming.version_at
                            and ledger.is_snapshot
                    )
                )
            ),
            known as (
                select target.*, observed_now.version_at as observed_at
                from {table} as target
                inner join observed_now on target.{key} = observed_now.id
                where target.source = :source
            ),
            observations as (
                select
                    {key}, {attributes},
                    case when updated_at is not null then version_at end as updated_at,
                    version_at, run_id, part, source_row
                from known
                where {is not of snapshot} or run_id >= :run or version_at < observed_at
                union all
                select
                    {key}, {attributes}, updated_at,
                    last_version_at, last_run_id, last_part, last_source_row
                from known
                where last_version_at > version_at
                    and ({is not of snapshot} or last_run_id >= :run or last_version_at < observed_at)
                union all
                select
                    {key}, {attributes of known}, repeated.version_at,
                    repeated.version_at, repeated.run_id, repeated.part, repeated.source_row
                from known
                inner join etl.repeated_observations as repeated
                    on repeated.source = :source
                        and repeated.stream = '{stream}'
                        and repeated.id = known.{key}
                        and repeated.version_at > known.version_at
                        and repeated.version_at < known.last_version_at
                        and repeated.content_hash = {hash of known}
                where {is not of snapshot} or repeated.run_id >= :run or repeated.version_at < observed_at
                union all
                select
                    id, {attributes}, updated_at,
                    version_at, :run, :part, source_row
                from observed_now
            ),
            distinct_instants as (
                select distinct on ({key}, version_at) *
                from observations
                order by {key}, version_at, run_id desc, part desc, source_row desc
            ),
            compared as (
                select
                    *,
                    row_number() over history = 1
                    or lag(row({attributes})) over history is distinct from row({attributes})
                        as begins_version
                from distinct_instants
                window history as (partition by {key} order by version_at)
            ),
            numbered as (
                select
                    *,
                    count(*) filter (where begins_version)
                        over (partition by {key} order by version_at) as version_number
                from compared
            ),
            bounded as (
                select
                    *,
                    last_value(version_at) over version as last_version_at,
                    last_value(run_id) over version as last_run_id,
                    last_value(part) over version as last_part,
                    last_value(source_row) over version as last_source_row,
                    last_value(updated_at) over version as last_updated_at
                from numbered
                window version as (
                    partition by {key}, version_number
                    order by version_at
                    rows between unbounded preceding and unbounded following
                )
            ),
            repeated as (
                insert into etl.repeated_observations as repeated (
                    source, stream, id, version_at, content_hash, run_id, part, source_row
                )
                select
                    :source, '{stream}', {key}, version_at, {hash of bounded}, run_id, part, source_row
                from bounded
                where not begins_version and version_at < last_version_at
                order by {key}, version_at
                on conflict (source, stream, id, version_at) do update
                set
                    content_hash = excluded.content_hash,
                    run_id = excluded.run_id,
                    part = excluded.part,
                    source_row = excluded.source_row
                where repeated.content_hash <> excluded.content_hash
            )
            insert into {versions}
            select
                {key}, {attributes}, last_updated_at,
                case when version_number = 1 then '-infinity' else version_at end,
                lead(version_at, 1, 'infinity') over (partition by {key} order by version_at),
                {observed}
            from bounded
            where begins_version
            """;

    /** Observations that have become the first or the last of a version, or were replaced. */
    private static final String DELETE_REPEATED =
            """
            delete from etl.repeated_observations as repeated
            where repeated.source = :source
                and repeated.stream = '{stream}'
                and repeated.id in (select {key} from {versions})
                and not exists (
                    select
                    from {versions} as version
                    where version.{key} = repeated.id
                        and version.version_at < repeated.version_at
                        and version.last_version_at > repeated.version_at
                        and {hash of version} = repeated.content_hash
                )
            """;

    /** Counts the keys of which more than the observations changed. */
    private static final String DELETE_CHANGED =
            """
            with removed as (
                delete from {table} as target
                where target.source = :source
                    and target.{key} in (select {key} from {versions})
                    and not exists (
                        select
                        from {versions} as version
                        where version.{key} = target.{key}
                            and version.valid_from = target.valid_from
                            and ({kept of version}) is not distinct from ({kept of target})
                    )
                returning {key}, valid_from, {said}
            )
            select count(distinct {key})
            from removed
            where not exists (
                select
                from {versions} as version
                where version.{key} = removed.{key}
                    and version.valid_from = removed.valid_from
                    and ({said of version}) is not distinct from ({said of removed})
            )
            """;

    /** Rows that differ from what is valid now, and are older than what an earlier run read. */
    private static final String COUNT_OLDER =
            """
            select count(*)
            from {staging} as incoming
            inner join {table} as target on target.source = :source and target.{key} = incoming.id
            where {is not of snapshot}
                and incoming.updated_at is not null
                and target.updated_at is not null
                and target.is_current
                and target.last_run_id < :run
                and target.last_version_at > incoming.version_at
                and ({attributes of target}) is distinct from ({attributes of incoming})
            """;

    /** Changed rows were deleted before; all missing rows are new. */
    private static final String INSERT_MISSING =
            """
            insert into {table} (
                source, {key}, {attributes}, updated_at, valid_from, valid_to, {observed}
            )
            select :source, {key}, {attributes}, updated_at, valid_from, valid_to, {observed}
            from {versions} as version
            where not exists (
                select
                from {table} as target
                where target.source = :source
                    and target.{key} = version.{key}
                    and target.valid_from = version.valid_from
            )
            """;

    private static final String CREATE_VERSIONS =
            """
            create temporary table if not exists {versions name} on commit delete rows as
            select {key}, {attributes}, updated_at, valid_from, valid_to, {observed}
            from {table}
            with no data
            """;

    private final PartStatement createVersions;
    private final PartStatement insertNew;
    private final PartStatement stageHistories;
    private final PartStatement deleteRepeated;
    private final PartStatement deleteChanged;
    private final PartStatement insertMissing;
    private final PartStatement countOlder;

    /**
     * The merge of parts.
     *
     * @param snapshot whether they are of a snapshot
     */
    History(MergeTarget table, boolean snapshot) {
        Map<String, String> names = names(table, snapshot);
        this.createVersions = PartStatement.of(CREATE_VERSIONS, names);
        this.insertNew = PartStatement.of(INSERT_NEW, names);
        this.stageHistories = PartStatement.of(STAGE_HISTORIES, names);
        this.deleteRepeated = PartStatement.of(DELETE_REPEATED, names);
        this.deleteChanged = PartStatement.of(DELETE_CHANGED, names);
        this.insertMissing = PartStatement.of(INSERT_MISSING, names);
        this.countOlder = PartStatement.of(COUNT_OLDER, names);
    }

    @Override
    public MergeCounts merge(Connection connection, PartId part, long staged) throws SQLException {
        createVersions.execute(connection, part);
        long older = countOlder.queryNumbers(connection, part)[0];
        long inserted = insertNew.queryNumbers(connection, part)[0];
        long updated = 0;
        if (stageHistories.execute(connection, part) > 0) {
            deleteRepeated.execute(connection, part);
            // A changed history loses at least one row: its end, start or last observation changed.
            updated = deleteChanged.queryNumbers(connection, part)[0];
            insertMissing.execute(connection, part);
        }
        return new MergeCounts(inserted, updated, older);
    }

    /** The values of the statements' placeholders. */
    private static Map<String, String> names(MergeTarget table, boolean snapshot) {
        Columns attributes = table.content().without(UPDATED_AT);
        Columns said = attributes.and(Columns.of(UPDATED_AT, "valid_to"));
        Columns kept = said.and(OBSERVED);
        String versions = table.stream().canonicalName() + "_versions";
        return Map.ofEntries(
                Map.entry("table", table.name()),
                Map.entry("key", table.key()),
                Map.entry("staging", table.staging()),
                Map.entry("versions name", versions),
                Map.entry("versions", "pg_temp." + versions),
                Map.entry("observed", OBSERVED.listed()),
                Map.entry("attributes", attributes.listed()),
                Map.entry("attributes = incoming", attributes.setFrom("incoming")),
                Map.entry("attributes of target", attributes.of("target")),
                Map.entry("attributes of incoming", attributes.of("incoming")),
                Map.entry("attributes of known", attributes.of("known")),
                Map.entry("hash of target", hash(attributes, "target")),
                Map.entry("hash of known", hash(attributes, "known")),
                Map.entry("hash of bounded", hash(attributes, "bounded")),
                Map.entry("hash of version", hash(attributes, "version")),
                Map.entry("stream", table.stream().canonicalName()),
                Map.entry("is not of snapshot", snapshot ? "false" : "true"),
                Map.entry("said", said.listed()),
                Map.entry("said of version", said.of("version")),
                Map.entry("said of removed", said.of("removed")),
                Map.entry("kept of version", kept.of("version")),
                Map.entry("kept of target", kept.of("target")));
    }

    /** Independent of the session's time zone, unlike a hash of the text. */
    private static String hash(Columns attributes, String table) {
        return "hash_record_extended(row(" + attributes.of(table) + "), 0)";
    }
}

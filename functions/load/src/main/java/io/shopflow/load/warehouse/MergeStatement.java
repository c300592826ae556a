package io.shopflow.load.warehouse;

import io.shopflow.core.run.PartId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * Merges staged rows into a table that keeps the newest version of each row.
 *
 * <p>A row's version is {@code (version_at, run_id, part, source_row)}, or without {@code
 * version_at} if only one of the two rows has an {@code updated_at}: a tombstone of a row that is
 * in the files no longer has none, and neither has a row that was read before {@code updated_at}
 * was mapped. A staged row is written if its key is new, if it completes an inferred member, or if
 * its version is not older than the existing row's and its content differs. Rows with equal content
 * are not written, so a run that changes nothing writes nothing; they keep the version at which
 * they first had this content.
 *
 * <p>If a source has {@code updated_at}, that column is part of the content, and the result does
 * not depend on the order in which parts arrive. Otherwise the version is the run's instant of
 * extraction. Then there is one exception: if a row changes from A to B (or is gone) and back in
 * three runs, and the second run is loaded last (for instance after a redrive), the row shows B
 * until the source's next run, because the third run's A was not written. Two runs in any order
 * always end with the newer run's rows.
 *
 * <p>A snapshot replaces what earlier runs read, whatever its version: its rows are also written
 * where only their run differs, so that the rows of one snapshot are compared by version in
 * whatever order its parts arrive.
 *
 * <p>{@code line_cost_minor} keeps its first value, with the quantity at that time: only an earlier
 * version overwrites it, and a newer one in another currency.
 *
 * <p>New rows are inserted first; a first load has no others. The others are read once and updated
 * by their {@code ctid}. If another load has updated one of them meanwhile, or has inserted the
 * same new key, the merge fails and the caller retries it. The {@code ctid}s are passed as an
 * array, because PostgreSQL would join on them with a scan of the whole table.
 */
final class MergeStatement implements Merge {

    /** SQL state {@code serialization_failure}. */
    static final String CHANGED_MEANWHILE = "40001";

    private static final String UPDATED_AT = "updated_at";

    private static final String FIRST_SEEN = "line_cost_minor";

    /**
     * An {@code updated_at} of the source cannot be compared with an instant of extraction: what
     * was read later is newer, whatever the source's updated_at is. So is a snapshot.
     */
    private static final String VERSION_ORDER =
            """
            case
                when {replaces} then true
                when target.run_id > :run and exists (
                    select
                    from etl.part_ledger as ledger
                    where ledger.run_id = target.run_id
                        and ledger.stream = '{stream}'
                        and ledger.part = target.part
                        and ledger.is_snapshot
                ) then false
                when (target.updated_at is null) = (incoming.updated_at is null) then
                    (target.version_at, target.run_id, target.part, target.source_row)
                    <= (incoming.version_at, :run, :part, incoming.source_row)
                else
                    (target.run_id, target.part, target.source_row) <= (:run, :part, incoming.source_row)
            end""";

    private static final String EARLIER_RUN = "target.run_id < :run";

    /** A cost in another currency would be of the wrong size. */
    private static final String OTHER_CURRENCY =
            "target.currency <> incoming.currency and ({is newer or the same})";

    private static final String EARLIER_COST =
            """
            case
                when {other currency} then true
                when target.currency <> incoming.currency or incoming.line_cost_minor is null then false
                when target.line_cost_minor is null then true
                else (incoming.version_at, :run) < (target.line_cost_version_at, target.line_cost_run_id)
            end""";

    private final PartStatement insert;
    private final PartStatement update;

    /**
     * The merge of parts.
     *
     * @param snapshot whether they are of a snapshot
     */
    MergeStatement(MergeTarget table, boolean snapshot) {
        this.insert = insert(table);
        this.update = update(table, snapshot);
    }

    /**
     * {@inheritDoc}
     *
     * @throws SQLException with {@link #CHANGED_MEANWHILE} if another load changed a row after this
     *     one read it
     */
    @Override
    public MergeCounts merge(Connection connection, PartId part, long staged) throws SQLException {
        long inserted = insert.execute(connection, part);
        if (inserted == staged) {
            return new MergeCounts(inserted, 0, 0);
        }
        long[] counts = update.queryNumbers(connection, part);
        long found = counts[2];
        if (counts[3] != found) {
            throw new SQLException(
                    "%d of %d rows were changed by another load meanwhile"
                            .formatted(found - counts[3], found),
                    CHANGED_MEANWHILE);
        }
        return new MergeCounts(inserted + counts[0], counts[1], counts[4]);
    }

    private static PartStatement insert(MergeTarget table) {
        boolean firstSeen = isFirstSeen(table);
        return PartStatement.of(
                """
                insert into {table} (source, {key}, {content}, version_at, run_id, part, source_row{first seen})
                select
                    :source, incoming.id, {content of incoming}, incoming.version_at, :run, :part,
                    incoming.source_row{first seen of incoming}
                from {staging} as incoming
                where not exists (
                    select
                    from {table} as target
                    where target.source = :source and target.{key} = incoming.id
                )
                order by incoming.id
                """,
                Map.of(
                        "table", table.name(),
                        "staging", table.staging(),
                        "key", table.key(),
                        "content", table.content().listed(),
                        "content of incoming", table.content().of("incoming"),
                        "first seen",
                                firstSeen
                                        ? ", line_cost_quantity, line_cost_version_at, line_cost_run_id"
                                        : "",
                        "first seen of incoming",
                                firstSeen
                                        ? """
                                        ,
                                        """
                                                + String.join(
                                                        ", ",
                                                        ifCosts("incoming.quantity"),
                                                        ifCosts("incoming.version_at"),
                                                        ifCosts(":run"))
                                        : ""));
    }

    private static PartStatement update(MergeTarget table, boolean snapshot) {
        boolean firstSeen = isFirstSeen(table);
        Columns compared = table.content().without(FIRST_SEEN);
        Columns said = compared.without(UPDATED_AT);
        String replaces = snapshot ? EARLIER_RUN : "false";
        String order =
                VERSION_ORDER
                        .replace("{replaces}", replaces)
                        .replace("{stream}", table.stream().canonicalName());
        return PartStatement.of(
                """
                with compared as materialized (
                    select
                        incoming.*,
                        target.ctid as target_ctid,
                        {completes} as completes,
                        {replaces} as replaces,
                        {is newer or the same} as is_newer_or_same,
                        ({content of target}) is distinct from ({content of incoming}) as differs,
                        {costs earlier} as costs_earlier,
                        target.updated_at is not null
                            and {earlier run}
                            and ({said of target}) is distinct from ({said of incoming})
                            as differs_from_earlier_run
                    from {staging} as incoming
                    inner join {table} as target on target.source = :source and target.{key} = incoming.id
                    where {completes}
                        or {replaces}
                        or ({costs earlier})
                        or ({content of target}) is distinct from ({content of incoming})
                ),
                changed as materialized (
                    select *, is_newer_or_same and (differs or replaces) as is_newer
                    from compared
                    where completes or costs_earlier or (is_newer_or_same and (differs or replaces))
                ),
                updated as (
                    update {table} as target
                    set {changes}
                    from changed as incoming
                    where target.ctid = any (array(select target_ctid from changed))
                        and target.ctid = incoming.target_ctid
                    returning 1
                )
                select
                    count(*) filter (where completes),
                    count(*) filter (where not completes and (differs or costs_earlier)),
                    count(*),
                    (select count(*) from updated),
                    (
                        select count(*)
                        from compared
                        where differs_from_earlier_run and not completes and not is_newer_or_same
                    )
                from changed
                """,
                Map.ofEntries(
                        Map.entry("table", table.name()),
                        Map.entry("staging", table.staging()),
                        Map.entry("key", table.key()),
                        Map.entry("completes", table.inferable() ? "target.is_inferred" : "false"),
                        Map.entry("replaces", replaces),
                        Map.entry("earlier run", EARLIER_RUN),
                        Map.entry("is newer or the same", order),
                        Map.entry("content of target", compared.of("target")),
                        Map.entry("content of incoming", compared.of("incoming")),
                        Map.entry("said of target", said.of("target")),
                        Map.entry("said of incoming", said.of("incoming")),
                        Map.entry(
                                "costs earlier",
                                firstSeen
                                        ? EARLIER_COST
                                                .replace("{other currency}", OTHER_CURRENCY)
                                                .replace("{is newer or the same}", order)
                                        : "false"),
                        Map.entry(
                                "changes",
                                firstSeen ? newerOrCostsEarlier(compared) : all(table))));
    }

    private static boolean isFirstSeen(MergeTarget table) {
        return table.content().contains(FIRST_SEEN);
    }

    private static String all(MergeTarget table) {
        return "%s, %sversion_at = incoming.version_at, run_id = :run, part = :part, source_row = incoming.source_row"
                .formatted(
                        table.content().setFrom("incoming"),
                        table.inferable() ? "is_inferred = false, " : "");
    }

    /** The newer content and the first cost may come from two versions of the row. */
    private static String newerOrCostsEarlier(Columns compared) {
        return String.join(
                ", ",
                compared.each(column -> set(column, "is_newer", "incoming." + column)),
                set("version_at", "is_newer", "incoming.version_at"),
                set("run_id", "is_newer", ":run"),
                set("part", "is_newer", ":part"),
                set("source_row", "is_newer", "incoming.source_row"),
                set("line_cost_minor", "costs_earlier", "incoming.line_cost_minor"),
                set("line_cost_quantity", "costs_earlier", ifCosts("incoming.quantity")),
                set("line_cost_version_at", "costs_earlier", ifCosts("incoming.version_at")),
                set("line_cost_run_id", "costs_earlier", ifCosts(":run")));
    }

    private static String ifCosts(String value) {
        return "case when incoming.line_cost_minor is not null then %s end".formatted(value);
    }

    private static String set(String column, String condition, String value) {
        return "%s = case when incoming.%s then %s else target.%s end"
                .formatted(column, condition, value, column);
    }
}

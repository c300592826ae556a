package io.shopflow.load.warehouse;

import static java.util.stream.Collectors.joining;

import io.shopflow.core.run.PartId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Merges staged rows into a table that keeps the newest version of each row.
 *
 * <p>A row's version is {@code (version_at, run_id, part, source_row)}. A staged row is written if
 * its key is new, if it completes an inferred member, or if its version is not older than the row's
 * and it says something else. Rows that say the same are not written, so a run that changes nothing
 * writes nothing; they keep the version at which they were first so.
 *
 * <p>Where a source tells {@code updated_at}, that column is part of what a row says, and the
 * outcome is the same in whatever order parts arrive. Where it does not, the version is the run's
 * instant of extraction: if a row went from A to B and back in three runs, the second of which is
 * loaded last (from the dead letters, say), the row shows B until the source's next run, since the
 * third run's A was not written. Two runs in any order always end with the newer one's rows.
 *
 * <p>{@code line_cost_minor} is kept as first seen, with the quantity that it was the cost of: only
 * an earlier version overwrites it.
 *
 * <p>New rows are inserted first; in a first load that is all there is to do. The others are read
 * once, and changed where they were found, unless another load moved one of them meanwhile; a key
 * that is new to two loads breaks the primary key for one. Both are for the caller to try again.
 * The places are told as an array, since PostgreSQL would join by them with a scan of the whole
 * table.
 */
final class MergeStatement {

    /** SQL state {@code serialization_failure}. */
    static final String CHANGED_MEANWHILE = "40001";

    private static final String FIRST_SEEN = "line_cost_minor";

    private static final String VERSION_ORDER =
            "(target.version_at, target.run_id, target.part, target.source_row)"
                    + " <= (incoming.version_at, :run, :part, incoming.source_row)";

    private static final String EARLIER_COST =
            """
            incoming.line_cost_minor is not null
            and (
                target.line_cost_minor is null
                or (incoming.version_at, :run) < (target.line_cost_version_at, target.line_cost_run_id)
            )""";

    private final PartStatement insert;
    private final PartStatement update;

    MergeStatement(io.shopflow.core.stream.Stream stream) {
        MergeTarget table = MergeTarget.of(stream);
        this.insert = new PartStatement(insert(table));
        this.update = new PartStatement(update(table));
    }

    /**
     * Merges what is staged.
     *
     * @param staged the number of rows that are
     * @throws SQLException with {@link #CHANGED_MEANWHILE} if another load changed a row between
     *     this one's look at it and its own change
     */
    MergeCounts execute(Connection connection, PartId part, long staged) throws SQLException {
        long inserted = insert.write(connection, part);
        if (inserted == staged) {
            return new MergeCounts(inserted, 0);
        }
        long[] counts = update.numbers(connection, part);
        long found = counts[0] + counts[1];
        if (counts[2] != found) {
            throw new SQLException(
                    "%d of %d rows were changed by another load meanwhile"
                            .formatted(found - counts[2], found),
                    CHANGED_MEANWHILE);
        }
        return new MergeCounts(inserted + counts[0], counts[1]);
    }

    private static String insert(MergeTarget table) {
        boolean firstSeen = isFirstSeen(table);
        return """
        insert into %1$s (source, %2$s, %3$s, version_at, run_id, part, source_row%4$s)
        select :source, incoming.id, %5$s, incoming.version_at, :run, :part, incoming.source_row%6$s
        from %7$s as incoming
        where not exists (
            select
            from %1$s as target
            where target.source = :source and target.%2$s = incoming.id
        )
        order by incoming.id
        """
                .formatted(
                        table.name(),
                        table.key(),
                        columns(table.content(), UnaryOperator.identity()),
                        firstSeen
                                ? ", line_cost_quantity, line_cost_version_at, line_cost_run_id"
                                : "",
                        columns(table.content(), column -> "incoming." + column),
                        firstSeen
                                ? """
                                ,
                                case when incoming.line_cost_minor is not null then incoming.quantity end,
                                case when incoming.line_cost_minor is not null then incoming.version_at end,
                                case when incoming.line_cost_minor is not null then :run end"""
                                : "",
                        table.staging());
    }

    private static String update(MergeTarget table) {
        boolean firstSeen = isFirstSeen(table);
        List<String> compared =
                table.content().stream().filter(column -> !column.equals(FIRST_SEEN)).toList();
        String newer =
                "%s and (%s) is distinct from (%s)"
                        .formatted(
                                VERSION_ORDER,
                                columns(compared, column -> "target." + column),
                                columns(compared, column -> "incoming." + column));
        return """
        with changed as materialized (
            select
                incoming.*,
                target.ctid as held_at,
                %1$s as completes,
                %2$s as is_newer,
                %3$s as costs_earlier
            from %4$s as incoming
            inner join %5$s as target on target.source = :source and target.%6$s = incoming.id
            where %1$s or (%2$s) or (%3$s)
        ),
        updated as (
            update %5$s as target
            set %7$s
            from changed as incoming
            where target.ctid = any (array(select held_at from changed))
                and target.ctid = incoming.held_at
            returning 1
        )
        select
            count(*) filter (where completes),
            count(*) filter (where not completes),
            (select count(*) from updated)
        from changed
        """
                .formatted(
                        completes(table),
                        newer,
                        firstSeen ? EARLIER_COST : "false",
                        table.staging(),
                        table.name(),
                        table.key(),
                        firstSeen ? newerOrCostsEarlier(compared) : all(table));
    }

    private static boolean isFirstSeen(MergeTarget table) {
        return table.content().contains(FIRST_SEEN);
    }

    private static String completes(MergeTarget table) {
        return table.inferable() ? "target.is_inferred" : "false";
    }

    private static String all(MergeTarget table) {
        return "%s, %sversion_at = incoming.version_at, run_id = :run, part = :part, source_row = incoming.source_row"
                .formatted(
                        columns(table.content(), column -> column + " = incoming." + column),
                        table.inferable() ? "is_inferred = false, " : "");
    }

    /**
     * What is newer and what was seen first are of one row, and may come from two versions of it.
     */
    private static String newerOrCostsEarlier(List<String> compared) {
        return Stream.concat(
                        compared.stream()
                                .map(column -> set(column, "is_newer", "incoming." + column)),
                        Stream.of(
                                set("version_at", "is_newer", "incoming.version_at"),
                                set("run_id", "is_newer", ":run"),
                                set("part", "is_newer", ":part"),
                                set("source_row", "is_newer", "incoming.source_row"),
                                set("line_cost_minor", "costs_earlier", "incoming.line_cost_minor"),
                                set("line_cost_quantity", "costs_earlier", "incoming.quantity"),
                                set("line_cost_version_at", "costs_earlier", "incoming.version_at"),
                                set("line_cost_run_id", "costs_earlier", ":run")))
                .collect(joining(", "));
    }

    private static String set(String column, String condition, String value) {
        return "%s = case when incoming.%s then %s else target.%s end"
                .formatted(column, condition, value, column);
    }

    private static String columns(List<String> columns, UnaryOperator<String> form) {
        return columns.stream().map(form).collect(joining(", "));
    }
}

package io.shopflow.load.warehouse;

import static java.util.stream.Collectors.joining;

import io.shopflow.core.run.PartId;
import io.shopflow.core.stream.Stream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;

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
 * <p>{@code line_cost_minor} is kept as first seen: only an earlier version overwrites it.
 */
final class MergeStatement {

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

    private final PartSql sql;

    MergeStatement(Stream stream) {
        this.sql = new PartSql(text(StarTable.of(stream)));
    }

    /** Merges what is staged. */
    MergeCounts execute(Connection connection, PartId part) throws SQLException {
        long[] counts = sql.numbers(connection, part);
        return new MergeCounts(counts[0], counts[1]);
    }

    private static String text(StarTable table) {
        boolean firstSeen = table.content().contains(FIRST_SEEN);
        List<String> compared =
                table.content().stream().filter(column -> !column.equals(FIRST_SEEN)).toList();
        String newer =
                "%s and (%s) is distinct from (%s)"
                        .formatted(
                                VERSION_ORDER,
                                columns(compared, column -> "target." + column),
                                columns(compared, column -> "incoming." + column));
        return """
        with completed as (
            %s
        ),
        updated as (
            %s
        ),
        inserted as (
            insert into %s (source, %s, %s, version_at, run_id, part, source_row%s)
            select :source, incoming.id, %s, incoming.version_at, :run, :part, incoming.source_row%s
            from %s as incoming
            where not exists (
                select
                from %s as target
                where target.source = :source and target.%s = incoming.id
            )
            order by incoming.id
            returning 1
        )
        select
            (select count(*) from completed) + (select count(*) from inserted),
            (select count(*) from updated)
        """
                .formatted(
                        table.inferable() ? completed(table) : "select where false",
                        firstSeen
                                ? updatedKeepingFirstSeen(table, compared, newer)
                                : updated(table, compared, newer),
                        table.name(),
                        table.key(),
                        columns(table.content(), UnaryOperator.identity()),
                        firstSeen ? ", line_cost_version_at, line_cost_run_id" : "",
                        columns(table.content(), column -> "incoming." + column),
                        firstSeen
                                ? """
                                ,
                                case when incoming.line_cost_minor is not null then incoming.version_at end,
                                case when incoming.line_cost_minor is not null then :run end"""
                                : "",
                        table.staging(),
                        table.name(),
                        table.key());
    }

    private static String completed(StarTable table) {
        return """
        update %s as target
        set %s, is_inferred = false, %s
        from %s as incoming
        where %s and target.is_inferred
        returning 1"""
                .formatted(
                        table.name(),
                        columns(table.content(), column -> column + " = incoming." + column),
                        versionOfIncoming(),
                        table.staging(),
                        sameKey(table));
    }

    private static String updated(StarTable table, List<String> compared, String newer) {
        return """
        update %s as target
        set %s, %s
        from %s as incoming
        where %s and %s and %s
        returning 1"""
                .formatted(
                        table.name(),
                        columns(compared, column -> column + " = incoming." + column),
                        versionOfIncoming(),
                        table.staging(),
                        sameKey(table),
                        table.inferable() ? "not target.is_inferred" : "true",
                        newer);
    }

    private static String updatedKeepingFirstSeen(
            StarTable table, List<String> compared, String newer) {
        UnaryOperator<String> ifNewer =
                column ->
                        "%s = case when %s then incoming.%s else target.%s end"
                                .formatted(column, newer, column, column);
        UnaryOperator<String> ifEarlier =
                assignment -> {
                    String[] sides = assignment.split(" = ");
                    return "%s = case when %s then %s else target.%s end"
                            .formatted(sides[0], EARLIER_COST, sides[1], sides[0]);
                };
        return """
        update %s as target
        set
            %s,
            version_at = case when %s then incoming.version_at else target.version_at end,
            run_id = case when %s then :run else target.run_id end,
            part = case when %s then :part else target.part end,
            source_row = case when %s then incoming.source_row else target.source_row end,
            %s
        from %s as incoming
        where %s and ((%s) or (%s))
        returning 1"""
                .formatted(
                        table.name(),
                        columns(compared, ifNewer),
                        newer,
                        newer,
                        newer,
                        newer,
                        columns(
                                List.of(
                                        "line_cost_minor = incoming.line_cost_minor",
                                        "line_cost_version_at = incoming.version_at",
                                        "line_cost_run_id = :run"),
                                ifEarlier),
                        table.staging(),
                        sameKey(table),
                        newer,
                        EARLIER_COST);
    }

    private static String sameKey(StarTable table) {
        return "target.source = :source and target.%s = incoming.id".formatted(table.key());
    }

    private static String versionOfIncoming() {
        return "version_at = incoming.version_at, run_id = :run, part = :part, source_row = incoming.source_row";
    }

    private static String columns(List<String> columns, UnaryOperator<String> form) {
        return columns.stream().map(form).collect(joining(", "));
    }
}

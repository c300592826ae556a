package io.shopflow.load.warehouse;

import static java.util.stream.Collectors.joining;

import io.shopflow.core.quality.QualityReport.RuleCount;
import io.shopflow.core.run.PartId;
import io.shopflow.ledger.Statements;
import io.shopflow.load.warehouse.MergeTarget.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * The rejected rows that are still out: no later run has loaded or replaced them.
 *
 * <p>A row is out until a later run loads a row with the same id, rejects it again, or reads the
 * whole stream ({@link #REPLACED_BY_FULL_RUN}). A row without a readable id is out until a later
 * run reads the whole stream. A part that is loaded again replaces its own rows.
 */
final class Quarantine {

    /**
     * Longer ids are never loaded, and neither are masked ones ({@code ***}), so no later row can
     * have the same id.
     */
    private static final int MAX_ID_BYTES = 1000;

    private static final int MAX_POSITION = 1000;
    private static final int BUFFER_BYTES = 64 * 1024;

    /** Deletes the rows that a closed full run has replaced, in the streams that it read. */
    static final String REPLACED_BY_FULL_RUN =
            """
            delete from etl.quarantined_rows as quarantined
            using etl.runs as run, etl.run_streams as read
            where run.run_id = ?
                and run.full_run
                and run.read_until is null
                and read.run_id = run.run_id
                and coalesce(read.counted = read.extracted, true)
                and not exists (
                    select
                    from etl.run_problems as problems
                    where problems.run_id = run.run_id
                        and (problems.stream is null or problems.stream = read.stream)
                )
                and quarantined.source = run.source
                and quarantined.stream = read.stream
                and quarantined.run_id < run.run_id
            """;

    private final MergeTarget table;
    private final String staging;
    private final PartStatement anyQuarantined;
    private final PartStatement deleteLoaded;
    private final PartStatement deleteOfPart;
    private final PartStatement deleteRejectedAgain;
    private final PartStatement insert;

    Quarantine(MergeTarget table) {
        String stream = table.stream().canonicalName();
        this.table = table;
        this.staging = "pg_temp.quarantined_" + stream;
        String quarantined =
                "quarantined.source = :source and quarantined.stream = '%s'".formatted(stream);
        this.anyQuarantined =
                new PartStatement(
                        "select (select count(*) from (select from etl.quarantined_rows as quarantined where %s limit 1) as any_row)"
                                .formatted(quarantined));
        this.deleteLoaded = new PartStatement(deleteOlder(quarantined, table.staging()));
        this.deleteRejectedAgain = new PartStatement(deleteOlder(quarantined, staging));
        this.deleteOfPart =
                new PartStatement(
                        """
                        delete from etl.quarantined_rows as quarantined
                        where %s and quarantined.run_id = :run and quarantined.part = :part
                        """
                                .formatted(quarantined));
        this.insert = new PartStatement(insert(quarantined));
    }

    /** Copies the rejected rows into a temporary table, for {@link #replaceRows}. */
    void stage(Connection connection, PartId part, RejectedPart rejected) throws SQLException {
        Statements.execute(
                connection,
                "create temporary table if not exists quarantined_%s (ordinal bigint generated always as identity, %s) on commit delete rows"
                        .formatted(
                                table.stream().canonicalName(),
                                table.schema().quarantineHeader().stream()
                                        .map(column -> "\"%s\" text".formatted(column))
                                        .collect(joining(", "))));
        if (rejected.rows() == null) {
            stageUnknown(connection, rejected);
            return;
        }
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy %s (%s) from stdin with (format csv)"
                                    .formatted(
                                            staging,
                                            table.schema().quarantineHeader().stream()
                                                    .map("\"%s\""::formatted)
                                                    .collect(joining(", "))),
                            new WithoutZeroBytes(rejected.rows()),
                            BUFFER_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(part.quarantineKey(), e);
        }
    }

    /** If the rejected rows cannot be read, their number is still known. */
    private void stageUnknown(Connection connection, RejectedPart rejected) throws SQLException {
        for (RuleCount rule : rejected.rules()) {
            Statements.execute(
                    connection,
                    "insert into %s (rule, field) select ?, ? from generate_series(1, ?)"
                            .formatted(staging),
                    rule.rule(),
                    rule.field(),
                    rule.rows());
        }
    }

    /** Replaces the part's rejected rows by those that {@link #stage} copied. */
    void replaceRows(Connection connection, PartId part, long rejected) throws SQLException {
        deleteOfPart.execute(connection, part);
        if (rejected > 0) {
            deleteRejectedAgain.execute(connection, part);
            insert.execute(connection, part);
        }
    }

    /** Deletes the rows of earlier runs that the staged part loads. */
    void release(Connection connection, PartId part) throws SQLException {
        if (anyQuarantined.queryNumbers(connection, part)[0] > 0) {
            deleteLoaded.execute(connection, part);
        }
    }

    private static String deleteOlder(String quarantined, String incoming) {
        return """
        delete from etl.quarantined_rows as quarantined
        using %s as incoming
        where %s and quarantined.id = incoming.id and quarantined.run_id < :run
        """
                .formatted(incoming, quarantined);
    }

    private String insert(String quarantined) {
        return """
        insert into etl.quarantined_rows (source, stream, run_id, part, ordinal, id, rule, field, position)
        select
            :source,
            '%1$s',
            :run,
            :part,
            row_number() over (order by incoming.ordinal),
            case
                when octet_length(incoming.id) <= %2$d and position('***' in incoming.id) = 0
                    then incoming.id
            end,
            coalesce(incoming.rule, ''),
            coalesce(incoming.field, ''),
            left(incoming._position, %3$d)
        from %4$s as incoming
        where not exists (
                select
                from etl.quarantined_rows as quarantined
                where %5$s and quarantined.id = incoming.id and quarantined.run_id > :run
            )
            and not exists (
                select
                from %6$s as loaded
                where loaded.source = :source and loaded.%7$s = incoming.id and loaded.%8$s > :run%9$s
            )
            and not exists (
                select
                from etl.runs as later
                inner join etl.run_streams as read using (run_id)
                where later.source = :source
                    and later.run_id > :run
                    and later.full_run
                    and later.read_until is null
                    and later.status <> 'running'
                    and read.stream = '%1$s'
                    and coalesce(read.counted = read.extracted, true)
                    and not exists (
                        select
                        from etl.run_problems as problems
                        where problems.run_id = later.run_id
                            and (problems.stream is null or problems.stream = read.stream)
                    )
            )
        """
                .formatted(
                        table.stream().canonicalName(),
                        MAX_ID_BYTES,
                        MAX_POSITION,
                        staging,
                        quarantined,
                        table.name(),
                        table.key(),
                        table.kind() == Kind.TYPE_2 ? "last_run_id" : "run_id",
                        table.inferable() ? " and not loaded.is_inferred" : "");
    }

    /** Replaces zero bytes, which PostgreSQL's text cannot contain but a rejected row may. */
    private static final class WithoutZeroBytes extends FilterInputStream {

        WithoutZeroBytes(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            return next == 0 ? ' ' : next;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            for (int at = offset; at < offset + count; at++) {
                if (buffer[at] == 0) {
                    buffer[at] = ' ';
                }
            }
            return count;
        }
    }
}

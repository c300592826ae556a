package io.shopflow.load.warehouse;

import static java.util.stream.Collectors.joining;

import io.shopflow.core.quality.QualityReport.RejectedRows;
import io.shopflow.core.run.PartId;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * What was rejected of a part, and which rejected rows are still out of the figures.
 *
 * <p>A row is out until a later run loads a row of the same id, rejects it again, or reads the
 * whole stream ({@link #REPLACED_BY_FULL_RUN}). A row whose id cannot be read is out until the
 * latter. A part that is loaded again replaces its own rows.
 */
final class Quarantine {

    /**
     * Longer identifiers are never loaded, so no row of that id can come; nor of one that is masked
     * ({@code ***}) because its row could not be read.
     */
    private static final int MAX_ID_BYTES = 1000;

    private static final int MAX_POSITION = 1000;
    private static final int BUFFER_BYTES = 64 * 1024;

    /** Deletes what a closed run that read everything has replaced, in the streams that it read. */
    static final String REPLACED_BY_FULL_RUN =
            """
            delete from etl.quarantined_rows as held
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
                and held.source = run.source
                and held.stream = read.stream
                and held.run_id < run.run_id
            """;

    private final MergeTarget table;
    private final String staging;
    private final PartStatement anyHeld;
    private final PartStatement deleteLoaded;
    private final PartStatement deleteOfPart;
    private final PartStatement deleteRejectedAgain;
    private final PartStatement insert;

    Quarantine(MergeTarget table) {
        String stream = table.stream().canonicalName();
        this.table = table;
        this.staging = "pg_temp.quarantined_" + stream;
        String held = "held.source = :source and held.stream = '%s'".formatted(stream);
        this.anyHeld =
                new PartStatement(
                        "select (select count(*) from (select from etl.quarantined_rows as held where %s limit 1) as any_row)"
                                .formatted(held));
        this.deleteLoaded = new PartStatement(deleteOlder(held, table.staging()));
        this.deleteRejectedAgain = new PartStatement(deleteOlder(held, staging));
        this.deleteOfPart =
                new PartStatement(
                        """
                        delete from etl.quarantined_rows as held
                        where %s and held.run_id = :run and held.part = :part
                        """
                                .formatted(held));
        this.insert = new PartStatement(insert(held));
    }

    /** Copies the rejected rows to where they stand until {@link #replaceRows}. */
    void stage(Connection connection, PartId part, RejectedPart rejected) throws SQLException {
        execute(
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

    /** Of rows that cannot be read, the number is known at least. */
    private void stageUnknown(Connection connection, RejectedPart rejected) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "insert into %s (rule, field) select ?, ? from generate_series(1, ?)"
                                .formatted(staging))) {
            for (RejectedRows rule : rejected.rules()) {
                statement.setString(1, rule.rule());
                statement.setString(2, rule.field());
                statement.setLong(3, rule.rows());
                statement.executeUpdate();
            }
        }
    }

    /** The part's rows are out, and no others of it: what {@link #stage} copied, if any are. */
    void replaceRows(Connection connection, PartId part, long rejected) throws SQLException {
        deleteOfPart.write(connection, part);
        if (rejected > 0) {
            deleteRejectedAgain.write(connection, part);
            insert.write(connection, part);
        }
    }

    /** The rows of earlier runs that the staged part brings are no longer out. */
    void release(Connection connection, PartId part) throws SQLException {
        if (anyHeld.numbers(connection, part)[0] > 0) {
            deleteLoaded.write(connection, part);
        }
    }

    private static String deleteOlder(String held, String incoming) {
        return """
        delete from etl.quarantined_rows as held
        using %s as incoming
        where %s and held.id = incoming.id and held.run_id < :run
        """
                .formatted(incoming, held);
    }

    private String insert(String held) {
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
                from etl.quarantined_rows as held
                where %5$s and held.id = incoming.id and held.run_id > :run
            )
            and not exists (
                select
                from %6$s as loaded
                where loaded.source = :source and loaded.%7$s = incoming.id and loaded.run_id > :run%8$s
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
                        held,
                        table.name(),
                        table.key(),
                        table.inferable() ? " and not loaded.is_inferred" : "");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** PostgreSQL's text has none; a row that was rejected for one may still show it. */
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

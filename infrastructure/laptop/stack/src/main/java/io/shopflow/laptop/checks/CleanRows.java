package io.shopflow.laptop.checks;

import static java.util.stream.Collectors.joining;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.ObjectStore.Content;
import io.shopflow.core.lake.PartMetadata;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.stream.PartHeader;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.laptop.checks.CheckedDatabase.StreamTable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * The rows of all loaded clean parts of a stream of a source, in a temporary table of the server:
 * however many they are, they need no memory here. The table lives until the end of the
 * transaction.
 */
final class CleanRows {

    private static final String STAGED = "pg_temp.clean_rows";
    private static final String DAMAGED = "pg_temp.damaged";
    private static final String FIRST_SEEN = "line_cost_minor";

    /** The rows that no later snapshot replaces. */
    private static final String NOT_REPLACED =
            """
            (
                select *
                from (
                    select
                        *,
                        max(run_id) filter (where is_snapshot) over (partition by id) as last_snapshot
                    from {staged}
                ) as read
                where last_snapshot is null or run_id >= last_snapshot
            )""";

    /**
     * The versions that are ordered by {@code version_at}, as load does it: those that were read
     * after the last one of the other kind, with or without {@code updated_at}.
     */
    private static final String COMPARABLE =
            """
            (
                select *
                from (
                    select
                        *,
                        bool_and((updated_at is null) = newest_is_of_extraction)
                            over (partition by id order by run_id desc, part desc, source_row desc) as is_comparable
                    from (
                        select
                            *,
                            first_value(updated_at is null)
                                over (partition by id order by run_id desc, part desc, source_row desc)
                                as newest_is_of_extraction
                        from %s as current
                    ) as read
                ) as judged
                where is_comparable
            )"""
                    .formatted(NOT_REPLACED);

    private final CheckedDatabase database;
    private final ObjectStore lake;
    private final String source;
    private final StreamSchema schema;
    private final StreamTable table;

    CleanRows(CheckedDatabase database, ObjectStore lake, String source, StreamName stream)
            throws SQLException {
        this.database = database;
        this.lake = lake;
        this.source = source;
        this.schema = StreamSchema.of(stream);
        this.table = database.table(stream).orElseThrow();
    }

    StreamTable table() {
        return table;
    }

    /** Copies the rows of these parts; those that are not in the data lake are left out. */
    void stage(List<LoadedPartVersion> parts) throws SQLException {
        List<String> columns = schema.cleanHeader();
        database.execute(
                "create temporary table clean_rows on commit drop as select %s as id, %s, run_id, part, false as is_snapshot from %s with no data"
                        .formatted(
                                table.key(),
                                listed(columns.stream().filter(c -> !c.equals("id")).toList(), ""),
                                table.relation()));
        for (LoadedPartVersion part : parts) {
            if (part.id().stream() == schema.stream()) {
                copy(part.id());
            }
        }
        database.execute("create index on %s (id)".formatted(STAGED));
        database.execute("analyze " + STAGED);
        database.execute(
                "create temporary table damaged (id text collate \"C\", deleted boolean) on commit drop");
    }

    private void copy(PartId part) throws SQLException {
        Content content = lake.open(part.cleanKey()).orElse(null);
        if (content == null) {
            return;
        }
        // COPY fills columns that the file lacks with their defaults.
        database.execute(
                "alter table %s alter column run_id set default '%s', alter column part set default %d, alter column is_snapshot set default %b"
                        .formatted(
                                STAGED,
                                part.runId().value(),
                                part.number(),
                                PartMetadata.isOfSnapshot(content.object().metadata())));
        try (content;
                InputStream rows = new BufferedInputStream(content.body(), 64 * 1024)) {
            database.connection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy %s (%s) from stdin with (format csv)"
                                    .formatted(STAGED, listed(columns(part, rows), "")),
                            rows);
        } catch (IOException e) {
            throw new UncheckedIOException(part.cleanKey(), e);
        }
    }

    /** Reads the header: fields that are newer than the part are missing. */
    private List<String> columns(PartId part, InputStream rows) throws IOException {
        return schema.columnsOfClean(PartHeader.read(rows))
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "the header of %s is not that of the stream '%s': a newer version of ShopFlow wrote it"
                                                .formatted(
                                                        part.cleanKey(),
                                                        schema.stream().canonicalName())));
    }

    /** Finds the rows that the warehouse lacks. */
    void findMissing() throws SQLException {
        damaged(
                false,
                """
                select distinct staged.id
                from {staged} as staged
                where not exists (
                    select
                    from {table} as held
                    where held.source = ? and held.{key} = staged.id {known}
                )
                """,
                source);
        for (Reference reference : references()) {
            damaged(
                    false,
                    """
                    select distinct staged.id
                    from {staged} as staged
                    where staged.%1$s is not null
                        and not exists (
                            select from %2$s as held where held.source = ? and held.%1$s = staged.%1$s
                        )
                    """
                            .formatted(reference.key(), reference.relation()),
                    source);
        }
    }

    /** Finds histories with gaps or overlaps; their rows are to be deleted before the replay. */
    void findBrokenHistories() throws SQLException {
        if (!table.historical()) {
            return;
        }
        damaged(
                true,
                """
                select distinct versions.id
                from (
                    select
                        held.{key} as id,
                        held.valid_from,
                        held.valid_to,
                        lag(held.valid_to) over history as former_to,
                        lead(held.valid_from) over history as next_from
                    from {table} as held
                    where held.source = ?
                    window history as (partition by held.{key} order by held.valid_from, held.valid_to)
                ) as versions
                where (
                        versions.valid_from <> coalesce(versions.former_to, '-infinity')
                        or versions.valid_to <> coalesce(versions.next_from, 'infinity')
                    )
                    and versions.id in (select staged.id from {staged} as staged)
                """,
                source);
    }

    /** Finds rows whose content is not that of their newest version. */
    void findAltered() throws SQLException {
        List<String> content =
                schema.cleanHeader().stream()
                        .filter(
                                column ->
                                        !List.of(
                                                        "id",
                                                        StreamSchema.VERSION_AT,
                                                        StreamSchema.SOURCE_ROW,
                                                        FIRST_SEEN)
                                                .contains(column))
                        .filter(column -> !table.historical() || !column.equals("updated_at"))
                        .toList();
        damaged(
                true,
                """
                select newest.id
                from (
                    select distinct on (staged.id) staged.*
                    from %s as staged
                    order by staged.id, staged.version_at desc, staged.run_id desc, staged.part desc, staged.source_row desc
                ) as newest
                inner join {table} as held on held.source = ? and held.{key} = newest.id %s
                where (%s) is distinct from (%s)
                """
                        .formatted(
                                table.historical() ? NOT_REPLACED : COMPARABLE,
                                table.historical() ? "and held.is_current" : "",
                                listed(content, "newest."),
                                listed(content, "held.")),
                source);
        if (schema.cleanHeader().contains(FIRST_SEEN)) {
            damaged(
                    true,
                    """
                    select held.{key}
                    from {table} as held
                    left join (
                        select distinct on (staged.id) staged.id, staged.line_cost_minor
                        from {staged} as staged
                        inner join {table} as current
                            on current.source = ?
                                and current.{key} = staged.id
                                and current.currency = staged.currency
                        where staged.line_cost_minor is not null
                        order by staged.id, staged.version_at, staged.run_id
                    ) as first on first.id = held.{key}
                    where held.source = ?
                        -- A tombstone keeps the cost, and no currency.
                        and not held.is_deleted
                        and held.line_cost_minor is distinct from first.line_cost_minor
                        and held.{key} in (select staged.id from {staged} as staged)
                    """,
                    source,
                    source);
        }
    }

    long damagedRows() throws SQLException {
        return Long.parseLong(
                database.strings("select count(distinct id)::text from " + DAMAGED).getFirst());
    }

    /** One damaged row, by its place in the data lake, since a customer's id may be personal. */
    String example() throws SQLException {
        return database
                .strings(
                        "select %s from %s as staged inner join %s using (id) order by staged.id, staged.run_id limit 1"
                                .formatted(
                                        schema.stream() == StreamName.CUSTOMERS
                                                ? "format('run %s, part %s, row %s', run_id, part, source_row)"
                                                : "staged.id",
                                        STAGED,
                                        DAMAGED))
                .stream()
                .findFirst()
                .orElse("");
    }

    /** Deletes rows that a replay would not overwrite. Returns the parts with damaged rows. */
    List<PartId> prepareReplay() throws SQLException {
        try (PreparedStatement statement =
                database.prepare(
                        "delete from %s where source = ? and %s in (select id from %s where deleted)"
                                .formatted(table.relation(), table.key(), DAMAGED),
                        source)) {
            statement.execute();
        }
        List<PartId> parts = new ArrayList<>();
        try (PreparedStatement statement =
                        database.prepare(
                                "select distinct run_id, part from %s where id in (select id from %s) order by 1, 2"
                                        .formatted(STAGED, DAMAGED));
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                parts.add(
                        new PartId(
                                source,
                                new RunId(rows.getString(1)),
                                schema.stream(),
                                rows.getInt(2)));
            }
        }
        return parts;
    }

    private void damaged(boolean deleted, String select, String... values) throws SQLException {
        try (PreparedStatement statement =
                database.prepare(
                        "insert into %s (id, deleted) select found.id, %s from (%s) as found (id)"
                                .formatted(
                                        DAMAGED,
                                        deleted,
                                        select.replace("{staged}", STAGED)
                                                .replace("{table}", table.relation())
                                                .replace("{key}", table.key())
                                                .replace(
                                                        "{known}",
                                                        table.dimension()
                                                                ? "and not held.is_inferred"
                                                                : "")),
                        values)) {
            statement.execute();
        }
    }

    private record Reference(String key, String relation) {}

    /** The dimensions whose members load infers from this stream. */
    private List<Reference> references() {
        Reference products = new Reference("product_id", "warehouse.dim_products");
        return switch (schema.stream()) {
            case ORDERS -> List.of(new Reference("customer_id", "warehouse.dim_customers"));
            case ORDER_ITEMS ->
                    List.of(products, new Reference("seller_id", "warehouse.dim_sellers"));
            case REVIEWS -> List.of(products);
            case CUSTOMERS, PRODUCTS, SELLERS, PAYMENTS, REFUNDS -> List.of();
        };
    }

    private static String listed(List<String> columns, String table) {
        return columns.stream().map(column -> table + '"' + column + '"').collect(joining(", "));
    }
}

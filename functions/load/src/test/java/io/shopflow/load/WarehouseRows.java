package io.shopflow.load;

import io.shopflow.core.stream.CleanColumn;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * Clean rows of many sources at once, straight into the star: the newest version of each row, as
 * loads leave it.
 */
final class WarehouseRows {

    private record Key(String source, String id) {}

    private static final String COST = "line_cost_minor";

    private final Connection connection;
    private final Map<StreamName, Map<Key, CleanRow>> newest = new EnumMap<>(StreamName.class);
    private final Map<StreamName, Map<Key, CleanRow>> changed = new EnumMap<>(StreamName.class);
    private final Map<Key, CleanRow> firstCosts = new HashMap<>();

    WarehouseRows(Connection connection) {
        this.connection = connection;
    }

    void add(String source, List<CleanRow> rows) {
        for (CleanRow row : rows) {
            Key key = new Key(source, value(row, "id"));
            if (row.stream() == StreamName.ORDER_ITEMS && !value(row, COST).isEmpty()) {
                firstCosts.putIfAbsent(key, row);
            }
            Map<Key, CleanRow> known =
                    newest.computeIfAbsent(row.stream(), none -> new HashMap<>());
            CleanRow before = known.get(key);
            if (before == null
                    || value(before, "version_at").compareTo(value(row, "version_at")) <= 0) {
                known.put(key, row);
                changed.computeIfAbsent(row.stream(), none -> new HashMap<>()).put(key, row);
            }
        }
    }

    void products(List<GeneratedShop> shops) throws SQLException {
        StringBuilder csv = new StringBuilder();
        for (GeneratedShop shop : shops) {
            for (GeneratedShop.Product product : shop.products) {
                csv.append(shop.source).append(',').append(product.id).append(',');
                csv.append(product.category == null ? "" : product.category).append(',');
                csv.append(product.cost == null ? "" : product.cost).append(',');
                csv.append(product.currency == null ? "" : product.currency);
                csv.append(",-infinity,infinity,now,r,1,1,now,r,1,1\n");
            }
        }
        copy(
                "warehouse.dim_products (source, product_id, category, unit_cost_minor, currency, valid_from, valid_to, version_at, run_id, part, source_row, last_version_at, last_run_id, last_part, last_source_row)",
                csv);
    }

    /** Writes what changed since the last time. */
    void write() throws SQLException {
        for (Map.Entry<StreamName, Map<Key, CleanRow>> stream : changed.entrySet()) {
            write(stream.getKey(), stream.getValue());
        }
        changed.clear();
    }

    private void write(StreamName stream, Map<Key, CleanRow> rows) throws SQLException {
        String table = "warehouse.fact_" + stream.canonicalName();
        String key = stream.canonicalName().replaceFirst("s$", "_id");
        List<String> columns =
                new ArrayList<>(
                        StreamSchema.of(stream).cleanColumns().stream()
                                .map(CleanColumn::name)
                                .toList());
        StringBuilder keys = new StringBuilder();
        StringBuilder csv = new StringBuilder();
        rows.forEach(
                (id, row) -> {
                    keys.append(id.source()).append(',').append(id.id()).append('\n');
                    csv.append(id.source()).append(",r,1,");
                    if (stream == StreamName.ORDER_ITEMS) {
                        CleanRow first = firstCosts.get(id);
                        csv.append(first == null ? ",,," : cost(first));
                        Map<String, String> values = new java.util.LinkedHashMap<>(row.values());
                        values.put(COST, first == null ? "" : value(first, COST));
                        csv.append(new CleanRow(stream, values).line(1));
                    } else {
                        csv.append(row.line(1));
                    }
                    csv.append('\n');
                });
        execute("create temporary table if not exists changed_keys (source text, id text)");
        execute("truncate changed_keys");
        copy("changed_keys", keys);
        execute("analyze changed_keys");
        execute(
                "delete from %s as target using changed_keys where target.source = changed_keys.source and target.%s = changed_keys.id"
                        .formatted(table, key));
        columns.set(0, key);
        copy(
                "%s (source, run_id, part, %s%s)"
                        .formatted(
                                table,
                                stream == StreamName.ORDER_ITEMS
                                        ? "line_cost_quantity, line_cost_version_at, line_cost_run_id, "
                                        : "",
                                String.join(", ", columns)),
                csv);
        execute("analyze " + table);
    }

    private static String cost(CleanRow first) {
        return value(first, "quantity") + "," + value(first, "version_at") + ",r,";
    }

    private static String value(CleanRow row, String column) {
        return row.values().getOrDefault(column, "");
    }

    private void copy(String target, StringBuilder csv) throws SQLException {
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy %s from stdin with (format csv)".formatted(target),
                            new StringReader(csv.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(target, e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.laptop.servers.LocalPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/reference/dictionary.md lists each table, view and column of a migrated database. */
class DataDictionaryTest {

    private static final String PAGE = "docs/reference/dictionary.md";
    private static final MadeTables DIAGRAM =
            new MadeTables(PAGE, "<!-- diagram of the migrated schema, by DataDictionaryTest -->");
    private static final MadeTables TABLES =
            new MadeTables(PAGE, "<!-- tables of the migrated schema, by DataDictionaryTest -->");

    /** In the order of the page: what is read most comes first. */
    private static final List<String> SCHEMAS =
            List.of("analytics", "production", "warehouse", "marts", "etl");

    @Test
    void thePageIsThatOfTheMigratedSchema(@TempDir Path folder) throws SQLException, IOException {
        List<Table> tables = tables(folder);
        assertThat(tables).hasSizeGreaterThan(20);
        assertThat(withoutComment(tables)).as("tables and columns without a comment").isEmpty();
        DIAGRAM.check(diagram(tables));
        TABLES.check(page(tables));
    }

    /**
     * A column.
     *
     * @param comment empty if there is none
     */
    private record Column(String name, String type, boolean nullable, String comment) {

        String line() {
            return "| `%s` | %s%s | %s | %s |"
                    .formatted(
                            name,
                            type,
                            nullable ? "" : ", not null",
                            Sensitivity.ofWarehouse(name).word(),
                            comment.replace("|", "\\|"));
        }
    }

    /**
     * A table or view.
     *
     * @param key columns of the primary key; empty for views
     */
    private record Table(
            String schema,
            String name,
            boolean view,
            String comment,
            Set<String> key,
            List<Column> columns) {

        boolean has(Set<String> names) {
            return columns.stream().map(Column::name).toList().containsAll(names);
        }

        /** The key of what this describes, without the instant from which a version holds. */
        Set<String> described() {
            Set<String> described = new TreeSet<>(key);
            described.remove("valid_from");
            return described;
        }
    }

    private static List<String> withoutComment(List<Table> tables) {
        List<String> missing = new ArrayList<>();
        for (Table table : tables) {
            String name = table.schema() + "." + table.name();
            if (table.comment().isEmpty()) {
                missing.add(name);
            }
            table.columns().stream()
                    .filter(column -> column.comment().isEmpty())
                    .forEach(column -> missing.add(name + "." + column.name()));
        }
        return missing;
    }

    private static String page(List<Table> tables) {
        List<String> lines = new ArrayList<>();
        for (String schema : SCHEMAS) {
            lines.add("## Schema `%s`\n".formatted(schema));
            for (Table table : tables) {
                if (table.schema().equals(schema)) {
                    lines.add("### %s.%s\n".formatted(schema, table.name()));
                    lines.add(table.comment());
                    if (!table.key().isEmpty()) {
                        lines.add(
                                "Primary key: %s."
                                        .formatted(
                                                table.key().stream()
                                                        .map("`%s`"::formatted)
                                                        .collect(Collectors.joining(", "))));
                    }
                    lines.add("");
                    lines.add("| column | type | privacy | meaning |");
                    lines.add("| --- | --- | --- | --- |");
                    table.columns().forEach(column -> lines.add(column.line()));
                    lines.add("");
                }
            }
        }
        return String.join("\n", lines).strip();
    }

    /** A table refers to another of the warehouse if it has the columns of its key. */
    private static String diagram(List<Table> tables) {
        List<Table> shown =
                tables.stream()
                        .filter(table -> table.schema().equals("warehouse") && !table.view())
                        .toList();
        List<String> lines = new ArrayList<>(List.of("```mermaid", "erDiagram"));
        for (Table from : shown) {
            for (Table to : shown) {
                if (from != to
                        && !to.described().isEmpty()
                        && from.has(to.described())
                        && !from.described().equals(to.described())) {
                    lines.add(
                            "    %s }o--|| %s : \"%s\""
                                    .formatted(
                                            from.name(),
                                            to.name(),
                                            String.join(", ", to.described())));
                }
            }
        }
        for (Table table : shown) {
            lines.add("    %s {".formatted(table.name()));
            table.columns().stream()
                    .filter(column -> table.key().contains(column.name()))
                    .forEach(
                            column ->
                                    lines.add(
                                            "        %s %s PK"
                                                    .formatted(
                                                            column.type().replace(' ', '_'),
                                                            column.name())));
            lines.add("    }");
        }
        lines.add("```");
        return String.join("\n", lines);
    }

    private static List<Table> tables(Path folder) throws SQLException {
        try (LocalPostgres postgres = LocalPostgres.start(folder, 0)) {
            Flyway.configure()
                    .dataSource(postgres.jdbcUrl(), postgres.user(), postgres.password())
                    .locations("filesystem:" + RepositoryFiles.HOME.resolve("sql/migrations"))
                    .load()
                    .migrate();
            try (Connection connection =
                    DriverManager.getConnection(
                            postgres.jdbcUrl(), postgres.user(), postgres.password())) {
                return tables(connection);
            }
        }
    }

    private static List<Table> tables(Connection connection) throws SQLException {
        Map<String, Table> tables = new LinkedHashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement(
                        """
                        select
                            namespace.nspname as schema_name,
                            class.relname as table_name,
                            class.relkind = 'v' as is_view,
                            coalesce(obj_description(class.oid, 'pg_class'), '') as table_comment,
                            coalesce(pk.conkey @> array[attribute.attnum], false) as in_key,
                            attribute.attname as column_name,
                            format_type(attribute.atttypid, attribute.atttypmod) as type,
                            not attribute.attnotnull as nullable,
                            coalesce(col_description(class.oid, attribute.attnum), '') as column_comment
                        from pg_class as class
                        inner join pg_namespace as namespace on namespace.oid = class.relnamespace
                        inner join pg_attribute as attribute on attribute.attrelid = class.oid
                        left join pg_constraint as pk on pk.conrelid = class.oid and pk.contype = 'p'
                        where namespace.nspname = any (?) and class.relkind in ('r', 'v', 'p')
                            and attribute.attnum > 0 and not attribute.attisdropped
                        order by namespace.nspname, class.relname, attribute.attnum
                        """)) {
            statement.setArray(1, connection.createArrayOf("text", SCHEMAS.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String schema = rows.getString("schema_name");
                    String name = rows.getString("table_name");
                    Table table = tables.get(schema + "." + name);
                    if (table == null) {
                        table =
                                new Table(
                                        schema,
                                        name,
                                        rows.getBoolean("is_view"),
                                        rows.getString("table_comment"),
                                        new LinkedHashSet<>(),
                                        new ArrayList<>());
                        tables.put(schema + "." + name, table);
                    }
                    String column = rows.getString("column_name");
                    if (rows.getBoolean("in_key")) {
                        table.key().add(column);
                    }
                    table.columns()
                            .add(
                                    new Column(
                                            column,
                                            rows.getString("type"),
                                            rows.getBoolean("nullable"),
                                            rows.getString("column_comment")));
                }
            }
        }
        return List.copyOf(tables.values());
    }
}

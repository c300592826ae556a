package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.laptop.servers.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/reference/queries.md shows each query of sql/analytics with its rows in a small fixed shop.
 * The queries run with the rights of a BI tool.
 */
class QueriesPageTest {

    private static final String PAGE = "docs/reference/queries.md";
    private static final MadeTables QUERIES =
            new MadeTables(PAGE, "<!-- queries of sql/analytics, by QueriesPageTest -->");
    private static final Path FOLDER = RepositoryFiles.HOME.resolve("sql/analytics");
    private static final int SHOWN_ROWS = 12;

    @Test
    void thePageHasEachQueryWithItsRows(@TempDir Path folder) throws SQLException, IOException {
        try (LocalPostgres postgres = LocalPostgres.start(folder, 0)) {
            Flyway.configure()
                    .dataSource(postgres.jdbcUrl(), postgres.user(), postgres.password())
                    .locations("filesystem:" + RepositoryFiles.HOME.resolve("sql/migrations"))
                    .load()
                    .migrate();
            try (Connection connection =
                            DriverManager.getConnection(
                                    postgres.jdbcUrl(), postgres.user(), postgres.password());
                    Statement statement = connection.createStatement()) {
                statement.execute(shop());
                statement.execute("set role shopflow_bi");
                List<String> sections = new ArrayList<>();
                for (Path query : queries()) {
                    sections.add(section(query, statement));
                }
                assertThat(sections).hasSizeGreaterThan(10);
                QUERIES.check(String.join("\n\n", sections));
            }
        }
    }

    private static String shop() throws IOException {
        return Files.readString(
                RepositoryFiles.HOME.resolve(
                        "infrastructure/checks/src/test/resources/queries/shop.sql"));
    }

    private static List<Path> queries() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
        }
    }

    private static String section(Path file, Statement statement) throws SQLException, IOException {
        String text = Files.readString(file).strip();
        String name = Objects.toString(file.getFileName());
        assertThat(text).as(name).startsWith("-- Question: ").contains("\n-- Columns: ");
        List<String> lines = new ArrayList<>();
        lines.add(
                "## %s\n\n[`%s`](../../sql/analytics/%s)\n\n```sql\n%s\n```\n"
                        .formatted(title(name), "sql/analytics/" + name, name, text));
        try (ResultSet rows = statement.executeQuery(text)) {
            int columns = rows.getMetaData().getColumnCount();
            List<String> names = new ArrayList<>();
            for (int column = 1; column <= columns; column++) {
                names.add(rows.getMetaData().getColumnLabel(column));
            }
            lines.add(line(names));
            lines.add(line(names.stream().map(any -> "---").toList()));
            int count = 0;
            for (; rows.next(); count++) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    String value = rows.getString(column);
                    values.add(value == null ? "" : value);
                }
                if (count < SHOWN_ROWS) {
                    lines.add(line(values));
                }
            }
            assertThat(count).as("rows of " + name).isPositive();
            if (count > SHOWN_ROWS) {
                lines.add("\nThe first %d of %d rows.".formatted(SHOWN_ROWS, count));
            }
        }
        return String.join("\n", lines);
    }

    private static String title(String file) {
        String words = file.replaceFirst("\\.sql$", "").replace('-', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static String line(List<String> values) {
        return "| " + String.join(" | ", values) + " |";
    }
}

package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.checks.LaptopStack.Output;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Small files in the formats of foreign shops, each run through the whole stack as a separate
 * source. A case is a folder of {@code cases/}: {@code source.yaml}, or nothing if the case has the
 * name of a mapping in {@code sources/examples}; the {@code files}, and the expectations in {@code
 * expected.txt}; if there is a folder {@code then}, its files replace those of the same names, its
 * {@code source.yaml} the mapping, and {@code expected-then.txt} has the expectations after a
 * second run. A line that begins with {@code #} is a comment.
 *
 * <table>
 * <caption>Lines of expectations; only named values are compared</caption>
 * <tr><td>{@code run: complete}</td><td>status of the run</td></tr>
 * <tr><td>{@code rows: orders 2}</td><td>rows of a stream in the warehouse</td></tr>
 * <tr><td>{@code sales: EUR orders=2 net=3000}</td><td>orders with lines, and sums in minor units;
 *     all currencies are named</td></tr>
 * <tr><td>{@code customers: 1}</td><td>known customers with an order</td></tr>
 * <tr><td>{@code category: Misc 7000}</td><td>net sales of a category</td></tr>
 * <tr><td>{@code country: DE 7000}</td><td>net sales of a country</td></tr>
 * <tr><td>{@code rejected: orders status 2}</td><td>rejected rows by stream and field ({@code -} for
 *     the whole row); all are named, unless none is</td></tr>
 * <tr><td>{@code warning: orders ship_country 1}</td><td>accepted rows with a warning, by stream and field; all are named, unless none is</td></tr>
 * <tr><td>{@code finding: order_items 1}</td><td>rows of a finding of the run</td></tr>
 * <tr><td>{@code says: text}</td><td>the command's output contains it</td></tr>
 * <tr><td>{@code shows: text}</td><td>{@code quarantine list} or {@code show} of the run contains it</td></tr>
 * <tr><td>{@code never: text}</td><td>the command's output does not contain it</td></tr>
 * <tr><td>{@code page: text}</td><td>the source's page contains it</td></tr>
 * </table>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CasesTest {

    private static final Path CASES = Path.of("src/test/resources/cases");

    private static final Path EXAMPLES = RepositoryFiles.HOME.resolve("sources/examples");

    private final HttpClient browser = HttpClient.newHttpClient();
    private LaptopStack stack;
    private Connection database;

    @BeforeAll
    void start(@TempDir Path folder) throws SQLException {
        stack = new LaptopStack(folder.resolve("data"));
        stack.command("up", "--detach", "--no-demo", "--port", "0");
        database = stack.database();
    }

    @AfterAll
    void stop() throws SQLException {
        database.close();
        stack.close();
    }

    static List<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void figuresOfACaseAreRight(String name, @TempDir Path files) throws Exception {
        Path folder = CASES.resolve(name);
        String source = "case_" + name;
        Files.createDirectories(stack.data().resolve("sources"));
        Path mapping = stack.data().resolve("sources").resolve(source + ".yaml");
        Files.copy(
                Files.exists(folder.resolve("source.yaml"))
                        ? folder.resolve("source.yaml")
                        : EXAMPLES.resolve(name + ".yaml"),
                mapping);
        copy(folder.resolve("files"), files);

        assertRight(source, files, expected(folder.resolve("expected.txt")));
        if (Files.exists(folder.resolve("then"))) {
            copy(folder.resolve("then"), files);
            if (Files.exists(files.resolve("source.yaml"))) {
                Files.move(
                        files.resolve("source.yaml"), mapping, StandardCopyOption.REPLACE_EXISTING);
            }
            assertRight(source, files, expected(folder.resolve("expected-then.txt")));
            Output check = stack.outputInProcess("check", "--deep", "--source", source);
            assertThat(check.status()).as(check.text()).isZero();
        }
    }

    /**
     * As {@code source infer} proposes the mapping. Exports that it recognises get that of the
     * example, which the case of its name runs ({@code InferenceTest}).
     */
    @ParameterizedTest
    @ValueSource(strings = {"german_shop", "rest_shop"})
    void anInferredMappingGivesTheSameFigures(String name, @TempDir Path files) throws Exception {
        Path folder = CASES.resolve(name);
        String source = "inferred_" + name;
        copy(folder.resolve("files"), files);
        Files.createDirectories(stack.data().resolve("sources"));
        Path mapping = stack.data().resolve("sources").resolve(source + ".yaml");
        List<String> arguments =
                new ArrayList<>(List.of("source", "infer", "--out", mapping.toString()));
        try (Stream<Path> all = Files.list(files)) {
            all.sorted().forEach(file -> arguments.add(file.toString()));
        }
        stack.command(arguments.toArray(String[]::new));

        assertRight(source, files, expected(folder.resolve("expected.txt")));
    }

    private void assertRight(String source, Path files, Map<String, List<String>> expected)
            throws Exception {
        Output run = stack.outputInProcess("run", "--source", source, "--path", files.toString());
        Map<String, List<String>> found = found(source);

        for (String what : expected.keySet()) {
            List<String> right = expected.get(what);
            switch (what) {
                case "says" -> assertThat(run.text()).contains(right);
                case "shows" -> assertThat(quarantine(source)).contains(right);
                case "never" -> assertThat(run.text()).doesNotContain(right);
                case "page" -> assertThat(page(source)).contains(right);
                case "sales" -> assertSales(right, found.get("sales"), run);
                case "rows", "category", "country", "customers", "finding" ->
                        assertThat(found.get(what))
                                .as("%s in %s", what, run.text())
                                .containsAll(right);
                default ->
                        assertThat(found.get(what))
                                .as("%s in %s", what, run.text())
                                .containsExactlyInAnyOrderElementsOf(right);
            }
        }
        if (found.get("run").contains("complete")) {
            assertThat(run.status()).as(run.text()).isZero();
            assertThat(run.text().contains("  rejected: "))
                    .as(run.text())
                    .isEqualTo(!found.get("rejected").isEmpty());
        } else {
            assertThat(run.status()).as(run.text()).isEqualTo(1);
            assertThat(run.text()).doesNotContain("complete and balanced");
        }
        page(source);
    }

    /** Compares only the named figures of each currency. */
    private static void assertSales(List<String> right, List<String> found, Output run) {
        assertThat(found).as(run.text()).hasSameSizeAs(right);
        for (int line = 0; line < right.size(); line++) {
            assertThat(List.of(found.get(line).split(" ")))
                    .as(run.text())
                    .containsAll(List.of(right.get(line).split(" ")));
        }
    }

    private Map<String, List<String>> found(String source) throws SQLException {
        Map<String, List<String>> found = new TreeMap<>();
        found.put(
                "run",
                rows(
                        "select status from etl.runs where source = ? order by run_id desc limit 1",
                        source));
        found.put(
                "rows",
                rows(
                        "select stream || ' ' || row_count from analytics.row_counts where source = ?",
                        source));
        found.put(
                "sales",
                rows(
                        """
                        select
                            format(
                                '%s orders=%s gross=%s discount=%s refunded=%s net=%s',
                                currency,
                                count(*),
                                sum(gross_minor),
                                sum(discount_minor),
                                sum(refunded_minor),
                                sum(net_minor)
                            )
                        from analytics.sales_orders
                        where source = ? and item_count > 0
                        group by currency
                        order by currency
                        """,
                        source));
        found.put(
                "customers",
                rows(
                        "select count(distinct customer_id)::text from analytics.sales_orders where source = ? and is_order",
                        source));
        found.put(
                "category",
                rows(
                        "select category || ' ' || net_minor from analytics.category_sales where source = ?",
                        source));
        found.put(
                "country",
                rows(
                        "select country || ' ' || sum(net_minor) from analytics.region_sales where source = ? group by country",
                        source));
        found.put(
                "rejected",
                rows(
                        """
                        select format('%s %s %s', stream, coalesce(nullif(field, ''), '-'), sum(rows))
                        from etl.part_rejections
                        where run_id = (select max(run_id) from etl.runs where source = ?)
                        group by stream, field
                        """,
                        source));
        found.put(
                "warning",
                rows(
                        """
                        select format('%s %s %s', stream, field, sum(rows))
                        from etl.run_warnings
                        where run_id = (select max(run_id) from etl.runs where source = ?)
                        group by stream, field
                        """,
                        source));
        found.put(
                "finding",
                rows(
                        """
                        select stream || ' ' || rows
                        from etl.run_findings
                        where run_id = (select max(run_id) from etl.runs where source = ?)
                        """,
                        source));
        return found;
    }

    private List<String> rows(String sql, String source) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setString(1, source);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
        }
        return rows;
    }

    private String quarantine(String source) throws Exception {
        String run = rows("select max(run_id) from etl.runs where source = ?", source).getFirst();
        return stack.outputInProcess("quarantine", "list", "--run", run).text()
                + stack.outputInProcess("quarantine", "show", "--run", run).text();
    }

    /** The overview of the source, which exists for any figures. */
    private String page(String source) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                browser.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:%d/?source=%s"
                                                        .formatted(
                                                                stack.port("dashboard"), source)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static Map<String, List<String>> expected(Path file) throws IOException {
        Map<String, List<String>> expected = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith("#")) {
                String[] parts = line.split(": ", 2);
                expected.computeIfAbsent(parts[0], what -> new ArrayList<>()).add(parts[1]);
            }
        }
        return expected;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}

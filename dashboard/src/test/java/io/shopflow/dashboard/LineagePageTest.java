package io.shopflow.dashboard;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where figures come from, held against sums in plain Java of the rows that were loaded. */
@QuarkusTest
@QuarkusTestResource(WarehouseServer.class)
class LineagePageTest {
    private static final LocalDate OLDEST = LocalDate.of(2026, 1, 1);

    /** Runs of the source, the oldest first; there are more files than the page lists. */
    private static final int RUNS = 30;

    /** A line; each order has two, which were loaded by different runs. */
    private record Line(
            String source,
            String order,
            String id,
            LocalDate day,
            String category,
            String run,
            int part,
            String orderRun,
            int orderPart,
            long gross,
            long discount,
            long refunded) {
        long net() {
            return gross - discount - refunded;
        }
    }

    private static String run(int number) {
        return "01JD00000000000000000001%02d".formatted(number);
    }

    private static List<Line> generated() {
        Random random = new Random(3);
        Warehouse warehouse = Warehouse.empty();
        List<Line> lines = new ArrayList<>();
        for (String source : List.of("shop", "till")) {
            for (int n = 0; n < 4; n++) {
                warehouse.product(source, "p" + n, "Product " + n, "Category " + n % 2, null);
            }
        }
        for (int n = 0; n < 140; n++) {
            String source = random.nextInt(6) == 0 ? "till" : "shop";
            LocalDate day = OLDEST.plusDays(random.nextInt(90));
            String order = "o" + n;
            boolean counts = random.nextInt(8) > 0;
            String orderRun = run(random.nextInt(RUNS));
            int orderPart = 1 + random.nextInt(3);
            warehouse.order(
                    source,
                    order,
                    day.toString(),
                    counts ? "completed" : "cancelled",
                    "c",
                    "GBP",
                    "GB",
                    "Wales");
            warehouse.run(
                    "update warehouse.fact_orders set run_id = ?, part = ?, source_row = ? where order_id = ?",
                    orderRun,
                    orderPart,
                    n + 1,
                    order);
            for (int line = 0; line < 2; line++) {
                int product = 2 * random.nextInt(2) + line;
                long price = 500 + random.nextInt(5_000);
                long discount = random.nextInt(300);
                String lineRun = run(random.nextInt(RUNS));
                warehouse.line(source, order, "p" + product, 1, price, discount, "GBP");
                String id = order + "-p" + product;
                warehouse.run(
                        "update warehouse.fact_order_items set run_id = ?, part = 1, source_row = ? where order_item_id = ?",
                        lineRun,
                        2 * n + line,
                        id);
                long refunded = random.nextInt(4) == 0 ? 1 + random.nextInt((int) price / 2) : 0;
                if (refunded > 0) {
                    warehouse.refund(source, order, "p" + product, refunded, "GBP");
                }
                if (counts) {
                    lines.add(
                            new Line(
                                    source,
                                    order,
                                    id,
                                    day,
                                    "Category " + product % 2,
                                    lineRun,
                                    1,
                                    orderRun,
                                    orderPart,
                                    price,
                                    discount,
                                    refunded));
                }
            }
        }
        warehouse.ran("shop", run(RUNS - 1), "complete", Instant.now());
        warehouse.ran("till", run(RUNS - 2), "incomplete", Instant.now());
        warehouse.manifest(run(RUNS - 1), "orders", 10, 30, 3);
        return lines;
    }

    private static String sums(long rows, List<Line> lines) {
        return "%d | %s | %s | %s | %s"
                .formatted(
                        rows,
                        ProductShop.money(lines.stream().mapToLong(Line::gross).sum()),
                        ProductShop.money(lines.stream().mapToLong(Line::discount).sum()),
                        ProductShop.money(lines.stream().mapToLong(Line::refunded).sum()),
                        ProductShop.money(lines.stream().mapToLong(Line::net).sum()));
    }

    private static long orders(List<Line> lines) {
        return lines.stream().map(Line::order).distinct().count();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2026-01-01, 2026-03-31, -, -",
                "2026-02-01, 2026-02-28, -, -",
                "2026-02-01, 2026-02-28, shop, -",
                "2026-01-15, 2026-03-10, -, Category 1",
            })
    void filesAddUpToTheCardAndEachRowIsThere(
            LocalDate from, LocalDate to, @Nullable String source, @Nullable String category) {
        List<Line> lines =
                generated().stream()
                        .filter(line -> !line.day().isBefore(from) && !line.day().isAfter(to))
                        .filter(line -> source == null || source.equals(line.source()))
                        .filter(line -> category == null || category.equals(line.category()))
                        .toList();
        boolean ofLines = category != null;
        String query =
                "?from=%s&to=%s".formatted(from, to)
                        + (category == null ? "" : "&category=" + category.replace(" ", "%20"))
                        + (source == null ? "" : "&source=" + source);
        Page page = Page.at("/lineage" + query);

        Map<String, List<Line>> files =
                new TreeMap<>(
                        lines.stream()
                                .collect(
                                        groupingBy(
                                                line ->
                                                        ofLines
                                                                ? file(
                                                                        true,
                                                                        line.run(),
                                                                        line.source(),
                                                                        line.part())
                                                                : file(
                                                                        false,
                                                                        line.orderRun(),
                                                                        line.source(),
                                                                        line.orderPart()))));
        List<String> table = page.table("Net sales by file");
        List<String> expected = new ArrayList<>();
        files.forEach(
                (file, own) -> expected.add(file + sums(ofLines ? own.size() : orders(own), own)));
        List<String> listed = table.subList(0, Math.min(50, expected.size()));
        assertThat(expected).containsAll(listed);
        assertThat(listed).doesNotHaveDuplicates();
        long all = ofLines ? lines.size() : orders(lines);
        assertThat(table.getLast())
                .isEqualTo(
                        "Net sales%s | | %s"
                                .formatted(
                                        category == null ? "" : " of " + category,
                                        sums(all, lines)));
        if (expected.size() > 50) {
            assertThat(table).hasSize(52);
            assertThat(table.get(50)).startsWith(expected.size() - 50 + " older file");
        } else {
            assertThat(table).hasSize(expected.size() + 1);
        }
        assertThat(Page.at("/" + query).card("net"))
                .isEqualTo(
                        new java.math.BigDecimal(lines.stream().mapToLong(Line::net).sum())
                                .movePointLeft(2)
                                .toPlainString());

        List<String> rows = new ArrayList<>();
        for (int number = 1; number <= (all + 49) / 50; number++) {
            rows.addAll(Page.at("/lineage" + query + "&page=" + number).table("Rows of net sales"));
        }
        assertThat(rows.stream().map(row -> row.replaceFirst(" .*", "")))
                .containsExactlyInAnyOrderElementsOf(
                        lines.stream().map(ofLines ? Line::id : Line::order).distinct().toList());
        assertThat(rows.stream().map(row -> day(row)).toList())
                .isSortedAccordingTo(Comparator.reverseOrder());
        if (ofLines) {
            Line any = lines.getFirst();
            assertThat(rows)
                    .anySatisfy(
                            row ->
                                    assertThat(row)
                                            .startsWith(any.id() + " order " + any.order())
                                            .contains(
                                                    ProductShop.money(any.net())
                                                            + " | "
                                                            + any.run()
                                                            + " | 1, "));
        }
    }

    /** The manifest of the newest run names the files of its orders. */
    private static String file(boolean ofLines, String run, String source, int part) {
        String status =
                run.equals(run(RUNS - 1))
                        ? ", complete"
                        : run.equals(run(RUNS - 2)) ? ", incomplete" : "";
        String name = run.equals(run(RUNS - 1)) && !ofLines ? "raw/orders" : "part ";
        return "%s %s%s | %s | ".formatted(run, source, status, name + part);
    }

    private static LocalDate day(String row) {
        return LocalDate.parse(
                row.split(" \\| ")[1], DateTimeFormatter.ofPattern("d MMM uuuu", Locale.UK));
    }

    @Test
    void theRunAndItsFileAreNamed() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.run(
                "update warehouse.fact_orders set run_id = ?, source_row = 7 where order_id = '1'",
                Warehouse.RUN);
        Page page = Page.at("/lineage?from=2026-03-10&to=2026-03-10");
        assertThat(page.html()).contains("href=\"/runs/" + Warehouse.RUN + "\"");
        assertThat(page.text())
                .contains(
                        "£24.00 are the sum of 1 row",
                        "£25.00 − £1.00 − £0.00 = £24.00",
                        "raw/orders1");
        assertThat(page.table("Rows of net sales"))
                .containsExactly(
                        "1 shop | 10 Mar 2026 | £25.00 | £1.00 | £0.00 | £24.00 | "
                                + Warehouse.RUN
                                + " | 1, 7");
        assertThat(Page.at("/?from=2026-03-10&to=2026-03-10").html())
                .contains("href=\"/lineage?from=2026-03-10&amp;to=2026-03-10\"");
    }

    @Test
    void aRangeWithoutSalesHasNoRows() {
        Warehouse.empty().smallShop();
        assertThat(Page.at("/lineage?from=2027-01-01").text()).contains("No sales in this range");
        given().get("/lineage?page=0").then().statusCode(400);
    }
}

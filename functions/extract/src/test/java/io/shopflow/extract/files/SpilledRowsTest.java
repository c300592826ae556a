package io.shopflow.extract.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.run.Problem;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.configuration.SourceConfigurationParser;
import io.shopflow.extract.run.MemoryStore;
import io.shopflow.extract.source.ChangeWindow;
import io.shopflow.extract.source.Collected;
import io.shopflow.extract.source.Scan;
import io.shopflow.extract.spill.SpillingMaps;
import io.shopflow.extract.spill.TemporaryFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are compared in temporary files come out like those that are compared in memory. */
class SpilledRowsTest {

    private static final String MAPPING =
            """
            kind: files
            zone: UTC
            currency: EUR
            streams:
              orders:
                file: lines.csv
                repeated_ids: true
                where: [{column: status, is_not: draft}]
                fields:
                  id: order
                  customer_id: customer
                  status: status
                  ordered_at: {constant: 2026-01-01}
                  currency: currency
                  shipping: {sum: quantity, where: [{column: quantity, above: 0}]}
                  ship_country: {lookup: {file: customers.csv, on: customer, key: id, column: country}}
              order_items:
                file: lines.csv
                where: [{column: quantity, above: 0}]
                fields:
                  id: {columns: [order, {number_within: order}]}
                  order_id: order
                  product_id: product
                  name: product
                  quantity: quantity
                  unit_price: {constant: 1}
              refunds:
                file: lines.csv
                where: [{column: quantity, below: 0}]
                find_sale: {same: [customer, product], quantity: quantity}
                fields:
                  id: {columns: [order, {number_within: order}]}
                  order_id: {sale: order_id, fallback: order}
                  order_item_id: {sale: id}
                  amount: {multiply: [quantity, {constant: -1}]}
                  refunded_at: {constant: 2026-01-01}
            """;

    /** A line of the file. */
    record Line(
            String order,
            String customer,
            String product,
            int quantity,
            String currency,
            String status) {

        String csv() {
            return String.join(
                    ",", order, customer, product, "" + quantity, currency, status + "\n");
        }
    }

    @Property(tries = 150)
    void linesComeOutLikeThoseOfAModelWhateverTheMemory(@ForAll("lines") List<Line> lines)
            throws Exception {
        Path folder = Files.createTempDirectory("lines");
        try {
            StringBuilder csv =
                    new StringBuilder("order,customer,product,quantity,currency,status\n");
            lines.forEach(line -> csv.append(line.csv()));
            Files.writeString(folder.resolve("lines.csv"), csv);
            StringBuilder customers = new StringBuilder("id,country\n");
            for (int i = 0; i < 4; i++) {
                customers.append("c%d,%s\n".formatted(i, List.of("DE", "FR", "GB", "").get(i)));
            }
            Files.writeString(folder.resolve("customers.csv"), customers);

            Map<StreamName, List<Map<String, String>>> rows =
                    read(folder, new SpillingMaps(1, new TemporaryFiles()));

            assertThat(rows).isEqualTo(read(folder, new SpillingMaps()));
            assertThat(orders(rows)).isEqualTo(expectedOrders(lines));
            assertThat(values(rows, StreamName.ORDER_ITEMS, "id", "currency"))
                    .isEqualTo(expectedItems(lines));
            assertThat(values(rows, StreamName.REFUNDS, "id", "order_id", "order_item_id"))
                    .isEqualTo(expectedRefunds(lines));
        } finally {
            Files.deleteIfExists(folder.resolve("lines.csv"));
            Files.deleteIfExists(folder.resolve("customers.csv"));
            Files.delete(folder);
        }
    }

    @Provide
    Arbitrary<List<Line>> lines() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 8).map(i -> "o" + i),
                        Arbitraries.integers().between(0, 4).map(i -> "c" + i),
                        Arbitraries.integers().between(0, 2).map(i -> "p" + i),
                        Arbitraries.of(-2, -1, 1, 2, 3),
                        Arbitraries.of("EUR", "EUR", "USD", ""),
                        Arbitraries.of("completed", "cancelled", "completed", "draft"))
                .as(Line::new)
                .list()
                .ofMaxSize(40);
    }

    private static List<List<String>> orders(Map<StreamName, List<Map<String, String>>> rows) {
        return values(
                rows, StreamName.ORDERS, "id", "_defect", "status", "shipping", "ship_country");
    }

    private static List<List<String>> expectedOrders(List<Line> lines) {
        List<Line> read = lines.stream().filter(line -> !line.status().equals("draft")).toList();
        Map<String, Integer> last = new HashMap<>();
        Map<String, Integer> sums = new HashMap<>();
        for (int i = 0; i < read.size(); i++) {
            Line line = read.get(i);
            last.put(line.order(), i + 1);
            if (line.quantity() > 0) {
                sums.merge(line.order(), line.quantity(), Integer::sum);
            }
        }
        Map<String, String> countries = Map.of("c0", "DE", "c1", "FR", "c2", "GB");
        List<List<String>> expected = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            Line line = read.get(i);
            int row = last.getOrDefault(line.order(), 0);
            expected.add(
                    List.of(
                            line.order(),
                            row == i + 1 ? "" : "superseded: row " + row + " has the same id",
                            line.status(),
                            sums.containsKey(line.order()) ? "" + sums.get(line.order()) : "",
                            countries.getOrDefault(line.customer(), "")));
        }
        return expected;
    }

    /** The orders of which every line is a draft. */
    private static boolean isLeftOut(List<Line> lines, String order) {
        return lines.stream()
                .filter(line -> line.order().equals(order))
                .allMatch(line -> line.status().equals("draft"));
    }

    private static List<List<String>> expectedItems(List<Line> lines) {
        Map<String, Integer> numbers = new HashMap<>();
        Map<String, String> currencies = new HashMap<>();
        for (Line line : lines) {
            if (!line.status().equals("draft")) {
                currencies.put(line.order(), line.currency().isEmpty() ? "EUR" : line.currency());
            }
        }
        List<List<String>> expected = new ArrayList<>();
        for (Line line : lines) {
            int number = numbers.merge(line.order(), 1, Integer::sum);
            if (line.quantity() > 0 && !isLeftOut(lines, line.order())) {
                expected.add(List.of(line.order() + "-" + number, currencies.get(line.order())));
            }
        }
        return expected;
    }

    private static List<List<String>> expectedRefunds(List<Line> lines) {
        Map<String, Integer> numbers = new HashMap<>();
        List<String> ids = new ArrayList<>();
        List<Integer> left = new ArrayList<>();
        List<List<String>> expected = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            ids.add(line.order() + "-" + numbers.merge(line.order(), 1, Integer::sum));
            left.add(line.quantity());
            if (line.quantity() > 0) {
                continue;
            }
            int sale = -1;
            for (int j = 0; j < i; j++) {
                Line sold = lines.get(j);
                if (sold.quantity() > 0
                        && sold.customer().equals(line.customer())
                        && sold.product().equals(line.product())
                        && left.get(j) >= -line.quantity()) {
                    sale = j;
                }
            }
            if (sale >= 0) {
                left.set(sale, left.get(sale) + line.quantity());
            }
            String order = sale < 0 ? line.order() : lines.get(sale).order();
            if (!isLeftOut(lines, order)) {
                expected.add(List.of(ids.get(i), order, sale < 0 ? "" : ids.get(sale)));
            }
        }
        return expected;
    }

    private static List<List<String>> values(
            Map<StreamName, List<Map<String, String>>> rows, StreamName stream, String... fields) {
        List<List<String>> values = new ArrayList<>();
        for (Map<String, String> row : rows.getOrDefault(stream, List.of())) {
            List<String> chosen = new ArrayList<>();
            for (String field : fields) {
                chosen.add(row.get(field));
            }
            values.add(chosen);
        }
        return values;
    }

    @Test
    void whatDoesNotFitIntoTemporaryFilesEitherIsAProblemOfTheFile(@TempDir Path folder)
            throws Exception {
        StringBuilder csv = new StringBuilder("order,customer,product,quantity,currency,status\n");
        for (int i = 0; i < 100; i++) {
            csv.append("o%d,c1,p1,1,EUR,completed\n".formatted(i));
        }
        Files.writeString(folder.resolve("lines.csv"), csv);
        Files.writeString(folder.resolve("customers.csv"), "id,country\nc1,DE\n");

        try (FilesReader reader =
                FilesReader.open(
                        mapping(), folder, new SpillingMaps(1, TemporaryFiles.limited(() -> 0)))) {
            for (Scan scan : reader.scans()) {
                List<Problem> problems =
                        scan.read(ChangeWindow.EVERYTHING, null, new Sink()).problems();
                assertThat(problems)
                        .singleElement()
                        .satisfies(
                                problem -> {
                                    assertThat(problem.rule()).isEqualTo("temporary_space");
                                    assertThat(problem.file()).isEqualTo("lines.csv");
                                    assertThat(problem.message())
                                            .contains("1 MiB more are needed")
                                            .contains("ephemeral_storage_megabytes");
                                });
            }
        }
    }

    private static Map<StreamName, List<Map<String, String>>> read(Path folder, SpillingMaps maps)
            throws Exception {
        Map<StreamName, List<Map<String, String>>> rows = new EnumMap<>(StreamName.class);
        try (FilesReader reader = FilesReader.open(mapping(), folder, maps)) {
            assertThat(reader.problems()).isEmpty();
            for (Scan scan : reader.scans()) {
                Sink sink = new Sink();
                assertThat(scan.read(ChangeWindow.EVERYTHING, null, sink).problems()).isEmpty();
                scan.streams().forEach(stream -> rows.put(stream, sink.rows(stream)));
            }
        }
        return rows;
    }

    private static FileMapping mapping() throws Exception {
        FilesKind kind =
                new FilesKind(new MemoryStore(), "bucket", new ReadableFolders(Optional.empty()));
        return ((FilesSource)
                        new SourceConfigurationParser(List.of(kind), (source, name) -> null)
                                .parse("shop", "shop.yaml", MAPPING.getBytes(UTF_8))
                                .source())
                .mapping();
    }

    /** Ids are compared elsewhere. */
    private static final class Sink extends Collected {
        @Override
        public void seen(StreamName stream, String[] values) {}

        @Override
        public void storeIds(StreamName stream, boolean withGone, boolean withLeftOut) {}
    }
}

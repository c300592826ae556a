package io.shopflow.shop.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvExportTest {
    private static final List<String> FILES =
            List.of("customers.csv", "products.csv", "transactions.csv", "transaction_items.csv");

    @TempDir Path folder;

    private CsvExport.Summary export(String name, long seed, double dirty) throws IOException {
        return CsvExport.write(
                new CsvExport.Request(80, 40, 700, seed, folder.resolve(name), dirty));
    }

    private List<NamedCsvRecord> rows(String path) throws IOException {
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().ofNamedCsvRecord(folder.resolve(path))) {
            return reader.stream().toList();
        }
    }

    @Test
    void theSameArgumentsGiveTheSameBytes() throws IOException {
        export("a", 3, 4);
        export("b", 3, 4);
        export("c", 4, 4);
        for (String file : FILES) {
            assertThat(folder.resolve("b").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("a").resolve(file));
            assertThat(
                            Files.mismatch(
                                    folder.resolve("a").resolve(file),
                                    folder.resolve("c").resolve(file)))
                    .isNotNegative();
        }
        assertThat(folder.resolve("b/defects.csv"))
                .hasSameBinaryContentAs(folder.resolve("a/defects.csv"));
    }

    @Test
    void everyRowAddsUpAndEveryReferenceLeadsSomewhere() throws IOException {
        CsvExport.Summary summary = export("clean", 5, 0);
        assertThat(summary.transactions()).isEqualTo(700);
        assertThat(summary.defects()).isZero();
        assertThat(folder.resolve("clean/defects.csv")).doesNotExist();
        Set<String> customers = ids("clean/customers.csv", "customer_id");
        Set<String> products = ids("clean/products.csv", "product_id");
        assertThat(customers).hasSize(80);
        assertThat(products).hasSize(40);
        Map<String, BigDecimal> goods = new HashMap<>();
        List<NamedCsvRecord> items = rows("clean/transaction_items.csv");
        assertThat(items).hasSize((int) summary.items());
        for (NamedCsvRecord item : items) {
            assertThat(products).contains(item.getField("product_id"));
            assertThat(money(item, "subtotal").subtract(money(item, "discount")))
                    .isEqualByComparingTo(money(item, "total"));
            BigDecimal exact = money(item, "unit_price").multiply(money(item, "quantity"));
            assertThat(exact.subtract(money(item, "subtotal")).abs())
                    .isLessThan(new BigDecimal("0.01"));
            goods.merge(item.getField("transaction_id"), money(item, "total"), BigDecimal::add);
        }
        for (NamedCsvRecord order : rows("clean/transactions.csv")) {
            String customer = order.getField("customer_id");
            assertThat(customer.isEmpty() || customers.contains(customer)).isTrue();
            assertThat(Instant.parse(order.getField("created_at")))
                    .isBefore("2026-01-01T00:00:00Z");
            assertThat(
                            goods.get(order.getField("transaction_id"))
                                    .add(money(order, "shipping"))
                                    .add(money(order, "tax")))
                    .isEqualByComparingTo(money(order, "total"));
        }
    }

    private Set<String> ids(String path, String column) throws IOException {
        Set<String> ids = new HashSet<>();
        rows(path).forEach(row -> ids.add(row.getField(column)));
        return ids;
    }

    private static BigDecimal money(NamedCsvRecord row, String column) {
        return new BigDecimal(row.getField(column));
    }

    @Test
    void defectsAreWhereTheRecordSaysAndNowhereElse() throws IOException {
        CsvExport.Summary summary = export("dirty", 5, 20);
        export("clean", 5, 0);
        List<NamedCsvRecord> defects = rows("dirty/defects.csv");
        assertThat(defects).hasSize((int) summary.defects());
        assertThat(defects)
                .extracting(defect -> defect.getField("rule"))
                .contains(
                        "missing-id",
                        "number-format",
                        "negative-price",
                        "zero-quantity",
                        "impossible-date",
                        "unknown-status",
                        "ragged-row",
                        "duplicate",
                        "unclosed-quote");
        for (String file : FILES) {
            List<String> lines = Files.readAllLines(folder.resolve("dirty").resolve(file));
            Set<String> right =
                    new HashSet<>(Files.readAllLines(folder.resolve("clean").resolve(file)));
            Map<Integer, NamedCsvRecord> byLine = new HashMap<>();
            defects.stream()
                    .filter(defect -> defect.getField("file").equals(file))
                    .forEach(
                            defect ->
                                    byLine.put(Integer.parseInt(defect.getField("line")), defect));
            List<String> header = List.of(lines.getFirst().split(","));
            for (int number = 1; number <= lines.size(); number++) {
                String line = lines.get(number - 1);
                NamedCsvRecord defect = byLine.get(number);
                if (defect == null) {
                    assertThat(right).as("%s:%d", file, number).contains(line);
                } else {
                    check(defect, header, line, lines.get(number - 2));
                }
            }
        }
    }

    private static void check(
            NamedCsvRecord defect, List<String> header, String line, String before) {
        int column = header.indexOf(defect.getField("field"));
        if (defect.getField("rule").equals("unclosed-quote")) {
            assertThat(line.chars().filter(c -> c == '"').count() % 2).isOne();
            return;
        }
        List<String> cells =
                CsvReader.builder().ofCsvRecord(line).stream()
                        .findFirst()
                        .orElseThrow()
                        .getFields();
        switch (defect.getField("rule")) {
            case "missing-id" -> assertThat(cells.getFirst()).isEmpty();
            case "number-format" -> assertThat(cells.get(column)).matches("1\\.\\d+,\\d+");
            case "negative-price" -> assertThat(cells.get(column)).startsWith("-");
            case "zero-quantity" -> assertThat(cells.get(column)).isEqualTo("0");
            case "impossible-date" -> assertThat(cells.get(column)).contains("-02-30T");
            case "unknown-status" -> assertThat(cells.get(column)).isEqualTo("awaiting-pickup");
            case "ragged-row" -> assertThat(cells).hasSize(header.size() - 1);
            case "duplicate" -> assertThat(line).isEqualTo(before);
            default -> throw new AssertionError(defect);
        }
    }

    @Test
    void aCleanExportTakesAnOldRecordOfDefectsAway() throws IOException {
        export("again", 5, 10);
        export("again", 5, 0);
        try (Stream<Path> files = Files.list(folder.resolve("again"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(FILES);
        }
    }

    @Test
    void aPercentageOutOfRangeIsRefused() {
        assertThatThrownBy(() -> export("x", 1, 101))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 0 to 100");
    }
}

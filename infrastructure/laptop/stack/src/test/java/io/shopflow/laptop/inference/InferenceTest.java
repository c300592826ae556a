package io.shopflow.laptop.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.laptop.files.ShopflowHome;
import io.shopflow.laptop.files.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The proposed mappings of small files. A case is a folder of {@code inference/}: {@code files},
 * and the mapping in {@code expected.yaml}; with {@code -Dshopflow.update=true} that is written
 * anew.
 */
class InferenceTest {

    private static final Path CASES = Path.of("src/test/resources/inference");
    private static final Path HOME = ShopflowHome.find();

    @TempDir Path temporary;

    static List<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theMappingIsProposedFromNamesAndValues(String name) throws IOException {
        Path expected = CASES.resolve(name).resolve("expected.yaml");
        String yaml = Inference.of(HOME, files(CASES.resolve(name).resolve("files"))).yaml();

        if (Boolean.getBoolean("shopflow.update")) {
            Files.writeString(expected, yaml);
        }
        assertThat(yaml).isEqualTo(Files.readString(expected));
    }

    /** The files are those of the cases in which the examples are loaded. */
    @ParameterizedTest
    @CsvSource({
        "amazon_orders",
        "ebay_orders",
        "etsy_order_items",
        "shopify_orders",
        "superstore",
        "uci_online_retail",
        "woocommerce_orders",
        "woocommerce_files"
    })
    void aKnownExportGetsTheMappingOfItsExample(String example) throws IOException {
        Path cases = HOME.resolve("infrastructure/checks/src/test/resources/cases");
        Inference inference = Inference.of(HOME, files(cases.resolve(example).resolve("files")));

        assertThat(inference.title()).startsWith("recognised as ");
        assertThat(inference.yaml())
                .startsWith("# Recognised: ")
                .endsWith(Files.readString(HOME.resolve("sources/examples/" + example + ".yaml")));
    }

    @Test
    void aKnownExportUnderAnotherNameIsReadByThatName() throws IOException {
        Path file =
                file(
                        "sales.csv",
                        "Row ID,Order ID,Order Date,Ship Date,Customer ID,Sub-Category,Sales,Profit\n1,a,01/06/2024,01/07/2024,c,s,1,1\n");

        assertThat(Inference.of(HOME, List.of(file)).yaml())
                .contains("file: sales.csv")
                .doesNotContain("superstore.csv");
    }

    @Test
    void filesOfAnotherExportAreNamedAndNotMapped() throws IOException {
        Path etsy =
                file(
                        "etsy.csv",
                        "Sale Date,Item Name,Transaction ID,Listing ID,Order ID\n01/06/24,a,1,2,3\n");
        Path ebay =
                file(
                        "ebay.csv",
                        "Sales record number,Order number,Buyer username,Sold for\n1,2,a,£1.00\n");

        assertThat(Inference.of(HOME, List.of(ebay, etsy)).yaml())
                .contains("file: ebay.csv")
                .doesNotContain("file: etsy.csv")
                .endsWith("not of this export, and not mapped: etsy.csv.\n");
    }

    @Test
    void aFileWithoutAMappingIsNamed() throws IOException {
        Path orders = file("orders.csv", "order id,date,total\n1,2026-01-13,5\n");
        Path parcels = file("parcels.csv", "order id,carrier\n1,post\n");

        assertThat(Inference.of(HOME, List.of(orders, parcels)).yaml())
                .contains("# Check: parcels.csv is not mapped");
    }

    @Test
    void decimalCommasAreNotTakenForDelimiters() throws IOException {
        Path file =
                file(
                        "kurz.csv",
                        "Bestellung;Datum;Preis;Rabatt\n1;13.01.2026;10,00;1,00\n2;14.01.2026;5,50;0,50\n");

        assertThat(Inference.of(HOME, List.of(file)).yaml())
                .contains("delimiter: \";\"")
                .contains("decimal: \",\"");
    }

    @Test
    void aNameOfAColumnWithLineEndsIsReadByThatName() throws IOException {
        Path file = file("odd.csv", "order id,date,\"unit\nprice\",qty\n1,2026-01-13,2,3\n");

        assertThat(Inference.of(HOME, List.of(file)).yaml())
                .contains("unit_price: \"unit\\u000aprice\"");
    }

    @Test
    void theLinesOfAnOrderThatComesAgainAreThoseOfItsLastVersion() throws IOException {
        String order =
                "{\"id\": 1, \"date\": \"2026-01-13\", \"status\": \"paid\", \"items\": [{\"sku\": \"A\", \"qty\": 1, \"price\": %d}]}";
        Path file = file("orders.json", "[" + order.formatted(1) + "," + order.formatted(2) + "]");

        assertThat(Inference.of(HOME, List.of(file)).yaml())
                .contains("order_id: id\n")
                // A field of the stream, not the column.
                .contains("last_of: order_id\n");
    }

    @Test
    void aLineThatIsLongerThanTheSampleIsReadAsFarAsItIs() throws IOException {
        String order =
                "{\"order_id\": %d, \"date\": \"2026-01-13\", \"total\": 5, \"note\": \"%s\"}";
        String note = "x".repeat(100_000);
        Path file =
                file(
                        "orders.json",
                        IntStream.range(0, 100)
                                .mapToObj(id -> order.formatted(id, note))
                                .collect(Collectors.joining(",", "[", "]")));

        assertThat(Inference.of(HOME, List.of(file)).yaml()).contains("ordered_at: date");
    }

    @Test
    void aSheetOfAWorkbookIsReadAsACsvFileIs() throws IOException {
        Path file = temporary.resolve("orders.xlsx");
        try (Workbook book = new Workbook(Files.newOutputStream(file), "Test", "1.0")) {
            book.newWorksheet("Read me").value(0, 0, "The orders are in the next sheet");
            Worksheet sheet = book.newWorksheet("Sales 2026");
            sheet.value(0, 0, "Sales of our shop");
            List<String> header = List.of("order id", "date", "unit price", "qty");
            for (int column = 0; column < header.size(); column++) {
                sheet.value(2, column, header.get(column));
            }
            for (int row = 3; row < 6; row++) {
                sheet.value(row, 0, 4500123000L + row);
                sheet.value(row, 1, LocalDate.of(2026, 1, row));
                sheet.style(row, 1).format("dd.mm.yyyy").set();
                sheet.value(row, 2, 1.5);
                sheet.value(row, 3, row);
            }
        }

        assertThat(Inference.of(HOME, List.of(file)).yaml())
                .contains("format: {type: xlsx, sheet: Sales 2026, skip: 2}\n")
                .contains("file: orders.xlsx")
                .contains("ordered_at: date")
                .doesNotContain("dates:")
                .doesNotContain("numbers:");
    }

    @Test
    void aKnownExportInAWorkbookGetsTheMappingOfItsExample() throws IOException {
        Path file = temporary.resolve("superstore.xlsx");
        try (Workbook book = new Workbook(Files.newOutputStream(file), "Test", "1.0")) {
            Worksheet sheet = book.newWorksheet("Orders");
            String[] header =
                    "Row ID,Order ID,Order Date,Ship Date,Customer ID,Sub-Category,Sales,Profit"
                            .split(",");
            for (int column = 0; column < header.length; column++) {
                sheet.value(0, column, header[column]);
                sheet.value(1, column, column);
            }
        }

        assertThat(Inference.of(HOME, List.of(file)).yaml())
                .startsWith("# Recognised: ")
                .containsOnlyOnce("\nformat: {type: xlsx}\nstreams:\n");
    }

    @Test
    void anArchiveOfOneFileIsReadAsThatFile() throws IOException {
        Path one = zip("one.zip", "orders.csv", "__MACOSX/._orders.csv");
        Path two = zip("two.zip", "a.csv", "b.csv");

        assertThat(Inference.of(HOME, List.of(one)).yaml()).contains("file: one.zip");
        assertRefused(two, "a zip archive of 2 files");
    }

    private Path zip(String name, String... files) throws IOException {
        Path zip = temporary.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String file : files) {
                out.putNextEntry(new ZipEntry(file));
                out.write("order id,date\n1,2026-01-13\n".getBytes(StandardCharsets.UTF_8));
            }
        }
        return zip;
    }

    @Test
    void filesOfTwoFoldersAreRefused() throws IOException {
        Path other = Files.createDirectory(temporary.resolve("other")).resolve("b.csv");
        Files.writeString(other, "order id,date\n1,2026-01-13\n");
        Path file = file("a.csv", "order id,date\n1,2026-01-13\n");

        assertThatThrownBy(() -> Inference.of(HOME, List.of(file, other)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("are in different folders");
    }

    @Test
    void filesThatNoMappingReadsAreRefusedWithWhatToDo() throws IOException {
        assertRefused(file("a.xlsx", "PK\u0003\u0004x"), "cut off");
        assertRefused(file("a.parquet", "PAR1x"), "Export CSV or JSON");
        assertRefused(file("empty.csv", " \n"), "empty.csv is empty");
        assertRefused(file("other.csv", "foo,bar\n1,2\n"), "No column of other.csv looks like");
        assertRefused(file("texts.json", "[\"a\"]"), "texts.json has no objects");
    }

    @Test
    void aNameOfAColumnCannotEndItsComment() throws IOException {
        Path file =
                file(
                        "odd.csv",
                        "order id,date,\"x\nkind: woocommerce\",'a: b'\n1,2026-01-01,2,3\n");

        assertThat(Inference.of(HOME, List.of(file)).yaml().lines())
                .filteredOn(line -> line.startsWith("kind:"))
                .containsExactly("kind: files");
    }

    private void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> Inference.of(HOME, List.of(file)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining(message);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(temporary.resolve(name), text, StandardCharsets.UTF_8);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}

package io.shopflow.laptop.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.laptop.files.ShopflowHome;
import io.shopflow.laptop.files.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
        assertRefused(file("a.xlsx", "PK\u0003\u0004x"), "Save its sheet as CSV");
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

package io.shopflow.extract.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.shopflow.core.source.SourceFormat.DateFormat;
import io.shopflow.core.source.SourceFormat.FieldFormat;
import io.shopflow.core.source.SourceFormat.NumberFormat;
import io.shopflow.core.source.SourceFormat.Sign;
import io.shopflow.extract.api.HostLimits;
import io.shopflow.extract.files.Condition;
import io.shopflow.extract.files.FieldMapping;
import io.shopflow.extract.files.FileFormat;
import io.shopflow.extract.files.FileMapping;
import io.shopflow.extract.files.FileMapping.RowMapping;
import io.shopflow.extract.files.FilesKind;
import io.shopflow.extract.files.FilesSource;
import io.shopflow.extract.files.ReadableFolders;
import io.shopflow.extract.run.MemoryStore;
import io.shopflow.extract.source.ConfigurationException;
import io.shopflow.extract.source.SourceKind;
import io.shopflow.extract.woocommerce.WooCommerceKind;
import io.shopflow.extract.woocommerce.WooCommerceSettings;
import io.shopflow.extract.woocommerce.WooCommerceSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every mistake in a source's YAML is reported with its line and the allowed values, all at once.
 */
class MappingMistakesTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("SHOP", "https://shop.example", "KEY", "k$1", "SECRET", "s");

    private static final List<SourceKind> KINDS =
            List.of(
                    new FilesKind(
                            new MemoryStore(), "bucket", new ReadableFolders(Optional.empty())),
                    new WooCommerceKind(new HostLimits(100, Duration.ZERO)));

    private static final SourceConfigurationParser PARSER =
            new SourceConfigurationParser(KINDS, (source, name) -> ENVIRONMENT.get(name));

    private static final String GOOD =
            """
            kind: files
            zone: UTC
            streams:
              sellers:
                file: a.csv
                fields:
                  id: x
            """;

    static List<Arguments> mistakes() {
        return List.of(
                mistake("", "1 mapping_missing"),
                mistake("- a list", "1 mapping_type"),
                mistake("kind: files\n  zone: UTC", "2 mapping_syntax"),
                mistake("kind: [", "1 mapping_syntax"),
                mistake("zone: UTC", "1 mapping_missing kind"),
                mistake("kind: excel", "1 mapping_value files, woocommerce"),
                mistake(
                        GOOD.replace("zone: UTC", "zone: Mars/Base"),
                        "2 mapping_value Europe/London"),
                mistake(GOOD.replace("zone: UTC\n", ""), "1 mapping_missing zone"),
                mistake(GOOD.replace("zone: UTC", "zone:"), "2 mapping_missing no value"),
                mistake(GOOD + "currency: pounds", "8 mapping_value ISO 4217"),
                mistake(GOOD + "country: UK", "8 mapping_value ISO 3166"),
                mistake(GOOD + "colour: red", "8 mapping_unknown_key allowed: kind, path, zone"),
                mistake(GOOD + "zone: UTC", "8 mapping_duplicate line 2"),
                mistake(GOOD + "? [a]\n: b", "1 mapping_syntax"),
                mistake(GOOD + "dates: qqqqqqqq", "8 mapping_value date pattern"),
                mistake(
                        GOOD + "dates: {patterns: iso, zoen: UTC}",
                        "8 mapping_unknown_key patterns, zone"),
                mistake(GOOD + "numbers: 1", "8 mapping_type a mapping"),
                mistake(GOOD + "numbers: {decimal: ';'}", "8 mapping_value decimal"),
                mistake(GOOD + "numbers: {grouping: '.'}", "8 mapping_value grouping"),
                mistake(GOOD + "statuses: {x: sold}", "8 mapping_value pending, processing"),
                mistake(GOOD + "statuses: {x: [sold]}", "8 mapping_type a list"),
                mistake(GOOD + "format: {type: xml}", "8 mapping_value csv, json"),
                mistake(GOOD + "format: {type: json, delimiter: ';'}", "8 mapping_value UTF-8"),
                mistake(GOOD + "format: {delimiter: ';;'}", "8 mapping_value tab"),
                mistake(GOOD + "format: {encoding: UTF-16}", "8 mapping_value windows-1252"),
                mistake(GOOD + "path: ${NOWHERE}", "8 variable_missing NOWHERE"),
                mistake(GOOD + "path: ${java.home}/x", "8 reference_unknown '${java.home}'"),
                mistake(GOOD + "path: ${SHOP}/${KEY:-x}", "8 reference_unknown '${KEY:-x}'"),
                mistake(GOOD + "path: a${", "8 reference_unknown '${'"),
                mistake(GOOD + "path: '${SHOP'", "8 reference_unknown '${SHOP'"),
                mistake(GOOD + "currency: ${ SHOP }", "8 reference_unknown '${ SHOP }'"),
                mistake(
                        GOOD.replace("id: x", "id: {constant: '${env:SHOP}'}"),
                        "7 reference_unknown '${env:SHOP}'"),
                mistake(
                        GOOD.replace("file: a.csv", "file: ${java.home}.csv"),
                        "5 reference_misplaced '${java.home}.csv'",
                        "5 mapping_missing 'file'"),
                mistake(
                        GOOD.replace("file: a.csv", "file: ${SHOP}.csv"),
                        "5 reference_misplaced '${SHOP}.csv'",
                        "5 mapping_missing 'file'"),
                mistake(GOOD.replace("id: x", "id: '${x.y}'"), "7 reference_misplaced '${x.y}'"),
                mistake(
                        "kind: woocommerce\nurl: ${SHOP}\nkey: ${key.id}\nsecret: ${SECRET:x}",
                        "3 reference_unknown '${key.id}'",
                        "4 reference_unknown '${SECRET:x}'"),
                mistake("kind: files\nzone: UTC", "1 mapping_missing at least one stream"),
                mistake(
                        GOOD.replace("sellers", "seller"),
                        "4 mapping_unknown_stream customers, products"),
                mistake(
                        GOOD.replace("file: a.csv", "files: a.csv"),
                        "4 mapping_missing 'file'",
                        "5 mapping_unknown_key file, format, fields, where"),
                mistake(
                        GOOD.replace(
                                "    file: a.csv\n    fields:\n      id: x",
                                "    - {file: a.csv, fields: {id: x}}\n    - {file: b.csv, fields: {id: x}, whole: true}"),
                        "6 mapping_value the first mapping"),
                mistake(GOOD.replace("id: x", "city: x"), "6 mapping_missing id"),
                mistake(
                        GOOD.replace("id: x", "id: x\n      towm: y"),
                        "8 mapping_unknown_field city"),
                mistake(GOOD.replace("id: x", "id: [x]"), "7 mapping_type one value"),
                mistake(GOOD.replace("id: x", "id: {}"), "7 mapping_value exactly one of"),
                mistake(
                        GOOD.replace("id: x", "id: {column: x, constant: y}"),
                        "7 mapping_value column and constant"),
                mistake(
                        GOOD.replace("id: x", "id: {column: x, join: '-'}"),
                        "7 mapping_value join"),
                mistake(
                        GOOD.replace("id: x", "id: {constant: x, optional: true}"),
                        "7 mapping_value optional"),
                mistake(
                        GOOD.replace("id: x", "id: {column: x, optional: perhaps}"),
                        "7 mapping_type true or false"),
                mistake(GOOD.replace("id: x", "id: {columns: []}"), "7 mapping_missing columns"),
                mistake(GOOD.replace("id: x", "id: {lookup: b.csv}"), "7 mapping_type a mapping"),
                mistake(
                        GOOD.replace("id: x", "id: {lookup: {file: b.csv, on: x}}"),
                        "7 mapping_missing column"),
                mistake(
                        GOOD.replace("id: x", "id: {column: x, fallback: {}}"),
                        "7 mapping_value fallback"),
                mistake(
                        GOOD.replace(
                                "id: x", "id: {column: x, dates: iso, numbers: {decimal: ','}}"),
                        "7 mapping_value not a date",
                        "7 mapping_value not a number"),
                mistake(GOOD + "    where: x", "8 mapping_type a list"),
                mistake(GOOD + "    where: [x]", "8 mapping_type a mapping"),
                mistake(GOOD + "    where: [{column: x}]", "8 mapping_value is, is_not, empty"),
                mistake(
                        GOOD + "    where: [{column: x, is: a, empty: true}]",
                        "8 mapping_value exactly one"),
                mistake(GOOD + "format: {quote: \"'\"}", "8 mapping_value 'quote' must be none"),
                mistake(GOOD + "format: {skip: some}", "8 mapping_value 0 to 1000"),
                mistake(GOOD + "format: {type: json, skip: 1}", "8 mapping_value UTF-8"),
                mistake(GOOD + "    each: items", "8 mapping_value {columns: item_*, as: item}"),
                mistake(
                        GOOD + "    format: {type: json}\n    each: {column: x}",
                        "9 mapping_value 'each: items'"),
                mistake(GOOD + "    each: {as: i}", "8 mapping_value either 'columns'"),
                mistake(GOOD + "    each: {columns: i_*}", "8 mapping_missing as"),
                mistake(GOOD + "    each: {column: x, as: i}", "8 mapping_missing split"),
                mistake(GOOD + "    fill_down: [x]", "8 mapping_type a mapping"),
                mistake(
                        GOOD + "    fill_down: {colums: [x]}",
                        "8 mapping_unknown_key columns, by",
                        "8 mapping_missing by",
                        "8 mapping_missing columns"),
                mistake(
                        GOOD.replace("id: x", "id: {sale: line}"),
                        "4 mapping_missing 'sale' and 'sale_found' require 'find_sale'",
                        "7 mapping_value 'sale' must be id"),
                mistake(GOOD + "    where: [{sale_found: true}]", "4 mapping_missing 'find_sale'"),
                mistake(GOOD + "    find_sale: {quantity: q}", "8 mapping_missing 'same'"),
                mistake(
                        GOOD.replace("id: x", "id: x\n      city: {sum: y}"),
                        "6 mapping_missing 'repeated_ids: true'"),
                mistake(
                        GOOD.replace("id: x", "id: {column: x, where: []}"),
                        "7 mapping_value 'where' requires 'sum'"),
                mistake(GOOD + "    last_of: order_id", "8 mapping_value 'last_of' names a field"),
                mistake(GOOD + "    where: [{is: a}]", "8 mapping_missing column"),
                mistake(
                        GOOD + "    where: [{column: x, above: many}]",
                        "8 mapping_value 'above' compares numbers"),
                mistake(GOOD + "    where: [{column: x, matches: '('}]", "8 mapping_value of RE2"),
                mistake(
                        GOOD + "    where: [{not: {column: x, empty: true}, column: y}]",
                        "8 mapping_value 'not' stands alone"),
                mistake(
                        GOOD + "    where: [{any: [{column: x, like: y}]}]",
                        "8 mapping_unknown_key is, is_not, empty",
                        "8 mapping_value exactly one of"),
                mistake(
                        GOOD.replace("id: x", "id: {when: {column: x, empty: true}}"),
                        "7 mapping_missing 'then'"),
                mistake(GOOD.replace("id: x", "id: {divide: [x]}"), "7 mapping_value at least two"),
                mistake(
                        GOOD.replace("id: x", "id: {column: x, round: 2}"),
                        "7 mapping_value 'round' requires 'add' or"),
                mistake(
                        GOOD.replace("id: x", "id: {add: [x, y], round: 20}"),
                        "7 mapping_value 0 to 12"),
                mistake(
                        GOOD.replace("id: x", "id: {column: x, letters: Upper}"),
                        "7 mapping_value upper or lower"),
                mistake(GOOD.replace("id: x", "id: {column: x, map: y}"), "7 mapping_type mapping"),
                mistake(
                        GOOD.replace("id: x", "id: {column: x, match: '(?=a)'}"),
                        "7 mapping_value look-around"),
                mistake(GOOD.replace("id: x", "id: {row_number: no}"), "7 mapping_type true or"),
                mistake(
                        GOOD.replace(
                                "id: x", "id: {lookup: {file: b.csv, on: {column: x}, column: c}}"),
                        "7 mapping_missing 'key'"),
                mistake(
                        "kind: woocommerce\nurl: ${SHOP}",
                        "1 mapping_missing key",
                        "1 mapping_missing secret"),
                mistake(
                        "kind: woocommerce\nurl: ftp://x\nkey: a\nsecret: b",
                        "2 mapping_value https"),
                mistake(woocommerce("page_size: 1000"), "5 mapping_value 1 to 100"),
                mistake(woocommerce("page_size: many"), "5 mapping_value 1 to 100"),
                mistake(woocommerce("overlap: 5 minutes"), "5 mapping_value 30s"),
                mistake(woocommerce("pages: 5"), "5 mapping_unknown_key page_size"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeNamesItsLineAndWhatIsAllowed(String yaml, List<String> expected) {
        ConfigurationException thrown =
                catchThrowableOfType(ConfigurationException.class, () -> parse(yaml));

        assertThat(thrown).as(yaml).isNotNull();
        assertThat(thrown.problems())
                .allSatisfy(problem -> assertThat(problem.file()).isEqualTo("x.yaml"));
        assertThat(thrown.problems()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            String[] parts = expected.get(i).split(" ", 3);
            assertThat(thrown.problems().get(i).line())
                    .as(thrown.problems().toString())
                    .isEqualTo(Long.parseLong(parts[0]));
            assertThat(thrown.problems().get(i).rule()).isEqualTo(parts[1]);
            assertThat(thrown.problems().get(i).message())
                    .contains(parts.length > 2 ? parts[2] : "");
        }
    }

    @Test
    void aSourceThatIsCalledLikeASettingIsRefusedWithItsFile() {
        ConfigurationException thrown =
                catchThrowableOfType(
                        ConfigurationException.class,
                        () ->
                                PARSER.parse(
                                        "extract",
                                        "sources/extract.yaml",
                                        GOOD.getBytes(StandardCharsets.UTF_8)));

        assertThat(thrown.problems())
                .singleElement()
                .satisfies(
                        problem -> {
                            assertThat(problem.rule()).isEqualTo("source_name_reserved");
                            assertThat(problem.file()).isEqualTo("sources/extract.yaml");
                            assertThat(problem.message()).contains("SHOPFLOW_EXTRACT_");
                        });
    }

    @Test
    void allMistakesAreReportedAtOnceInTheOrderOfTheirLines() {
        ConfigurationException thrown =
                catchThrowableOfType(
                        ConfigurationException.class,
                        () ->
                                parse(
                                        """
                                        colour: red
                                        kind: files
                                        zone: Mars
                                        streams:
                                          sellers:
                                            file: a.csv
                                            fields: {id: x, nam: y}
                                          visitors: {}
                                        """));

        assertThat(thrown.problems())
                .extracting(problem -> problem.line() + " " + problem.rule())
                .containsExactly(
                        "1 mapping_unknown_key",
                        "3 mapping_value",
                        "7 mapping_unknown_field",
                        "8 mapping_unknown_stream");
    }

    @Test
    void aMappingWithEverything() throws Exception {
        FileMapping mapping =
                files(
                        """
                        kind: files
                        path: ${SHOP}/files
                        zone: Europe/Berlin
                        dates: {patterns: [dd.MM.yyyy, dd.MM.yy], zone: UTC}
                        numbers: {decimal: ",", grouping: "."}
                        format: {delimiter: tab, encoding: iso-8859-1}
                        streams:
                          refunds:
                            file: [a.csv, b.csv]
                            format: {delimiter: "|"}
                            where:
                              - {column: a, is: [x, y]}
                              - {column: b, is_not: z}
                              - {column: c, empty: false}
                            fields:
                              id: {columns: [a, b]}
                              order_id: o
                              amount: {column: v, numbers: {decimal: "."}}
                              currency: {constant: EUR}
                              refunded_at: {column: t, dates: iso}
                        """);

        assertThat(mapping.path()).isEqualTo("https://shop.example/files");
        assertThat(mapping.format().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(mapping.format().dates())
                .isEqualTo(new DateFormat(List.of("dd.MM.yyyy", "dd.MM.yy"), ZoneId.of("UTC")));
        assertThat(mapping.format().numbers()).isEqualTo(new NumberFormat(",", "."));
        assertThat(mapping.format().fields().get("refunds.amount").numbers())
                .isEqualTo(NumberFormat.plain());
        assertThat(mapping.format().fields().get("refunds.refunded_at").dates())
                .isEqualTo(DateFormat.iso());
        RowMapping refunds = mapping.streams().getFirst().rows().getFirst();
        assertThat(refunds.files()).containsExactly("a.csv", "b.csv");
        assertThat(refunds.format()).isEqualTo(new FileFormat.Csv('|', StandardCharsets.UTF_8));
        assertThat(refunds.where())
                .containsExactly(
                        new Condition.Is("a", List.of("x", "y")),
                        new Condition.Not(new Condition.Is("b", List.of("z"))),
                        new Condition.Not(new Condition.Empty("c")));
    }

    @Test
    void howValuesMayBeWritten() throws Exception {
        FileMapping mapping =
                files(
                        """
                        kind: files
                        zone: Europe/Berlin
                        dates: [iso, epoch, epoch_millis, dd/MM/yyyy]
                        numbers: {decimal: ",", symbols: true}
                        nulls: [NULL, n/a, ~, "-", 0]
                        streams:
                          order_items:
                            file: i.csv
                            fields:
                              id: id
                              order_id: o
                              quantity: q
                              currency: c
                              unit_price: {column: p, negative: true}
                              discount: {column: d, negate: true}
                        """);

        assertThat(mapping.format().dates().patterns())
                .containsExactly("iso", "epoch", "epoch_millis", "dd/MM/yyyy");
        assertThat(mapping.format().numbers()).isEqualTo(new NumberFormat(",", null, true));
        assertThat(mapping.format().nulls()).containsExactly("NULL", "n/a", "~", "-", "0");
        assertThat(mapping.format().fields().get("order_items.discount"))
                .isEqualTo(new FieldFormat(null, null, Sign.NEGATED));
        assertThat(mapping.format().fields().get("order_items.unit_price"))
                .isEqualTo(new FieldFormat(null, null, Sign.KEPT));
    }

    @Test
    void onlyNumbersHaveASignAndOnlyLinesMayBeNegative() {
        ConfigurationException thrown =
                catchThrowableOfType(
                        ConfigurationException.class,
                        () ->
                                files(
                                        """
                                        kind: files
                                        zone: Europe/Berlin
                                        currency: EUR
                                        nulls: [{a: b}]
                                        streams:
                                          orders:
                                            file: o.csv
                                            fields:
                                              id: {column: id, negate: true}
                                              status: s
                                              ordered_at: t
                                              discount: {column: d, negative: true}
                                        """));

        assertThat(thrown.problems())
                .extracting(problem -> problem.line() + " " + problem.message())
                .containsExactly(
                        "4 Each item of 'nulls' must be one value, not a mapping.",
                        "9 'id' is not a number.",
                        "12 'discount' cannot be less than 0; 'negative' is for order_items.unit_price and order_items.gross. Where the source writes it with a minus sign, use 'negate: true'.");
    }

    @Test
    void aLookupReadsAFileAsTheStreamThatHasItDoes() throws Exception {
        FileMapping mapping =
                files(
                        """
                        kind: files
                        zone: UTC
                        streams:
                          customers: {file: c.csv, format: {delimiter: ";"}, fields: {id: id}}
                          sellers:
                            file: s.csv
                            fields:
                              id: id
                              city: {lookup: {file: c.csv, on: owner, key: id, column: city}}
                        """);

        assertThat(mapping.streams().get(1).rows().getFirst().fields().get("city"))
                .isEqualTo(
                        new FieldMapping.Lookup(
                                "c.csv",
                                new FileFormat.Csv(';', StandardCharsets.UTF_8),
                                new FieldMapping.Column("owner", false),
                                "id",
                                "city"));
    }

    @Test
    void aShopTakesItsAddressAndSecretsFromTheEnvironment() throws Exception {
        SourceConfiguration configuration =
                parse(
                        woocommerce(
                                "page_size: 50\noverlap: 10m\ntimeout: 5s\nzone: Europe/London\nstatuses: {shipped: processing}"));

        WooCommerceSettings settings = ((WooCommerceSource) configuration.source()).settings();
        assertThat(settings.url()).hasToString("https://shop.example");
        assertThat(settings.consumerKey()).isEqualTo("k$1");
        assertThat(settings.consumerSecret()).isEqualTo("s");
        assertThat(settings.pageSize()).isEqualTo(50);
        assertThat(settings.overlap()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.zone()).isEqualTo(ZoneId.of("Europe/London"));
        assertThat(settings.statuses()).containsEntry("shipped", "processing");
    }

    @Test
    void theShippedSourcesHaveNoMistakes() throws Exception {
        SourceConfigurationParser parser =
                new SourceConfigurationParser(
                        KINDS,
                        (source, name) -> name.endsWith("URL") ? "http://127.0.0.1:8080" : "x");
        Path folder = Path.of(System.getProperty("shopflow.home"), "sources");
        try (var files = Files.walk(folder)) {
            List<Path> sources = files.filter(Files::isRegularFile).toList();
            assertThat(sources).hasSizeGreaterThanOrEqualTo(12);
            for (Path source : sources) {
                assertThat(parser.parse("x", source.toString(), Files.readAllBytes(source)))
                        .isNotNull();
            }
        }
    }

    private static String woocommerce(String more) {
        return "kind: woocommerce\nurl: ${SHOP}\nkey: ${KEY}\nsecret: ${SECRET}\n" + more;
    }

    private static Arguments mistake(String yaml, String... expected) {
        return Arguments.of(yaml, List.of(expected));
    }

    private static FileMapping files(String yaml) throws Exception {
        return ((FilesSource) parse(yaml).source()).mapping();
    }

    private static SourceConfiguration parse(String yaml) throws ConfigurationException {
        return PARSER.parse("x", "x.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }
}

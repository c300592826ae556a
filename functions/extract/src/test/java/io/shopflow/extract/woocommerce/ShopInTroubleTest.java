package io.shopflow.extract.woocommerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.NoServersProfile;
import io.shopflow.extract.api.ApiResponse;
import io.shopflow.extract.api.Backoff;
import io.shopflow.extract.api.HostLimits;
import io.shopflow.extract.source.ChangeWindow;
import io.shopflow.extract.source.Collected;
import io.shopflow.extract.source.Scan;
import io.shopflow.extract.source.Scan.ScanResult;
import io.shopflow.extract.source.SourceUnavailableException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The answers of a failing shop, or of a failing proxy in front of it. */
@QuarkusTest
@TestProfile(NoServersProfile.class)
class ShopInTroubleTest {

    private static final Backoff QUICK =
            new Backoff(4, Duration.ofMillis(2), Duration.ofSeconds(3));

    private static final int LONGEST_TEXT = 20_000;

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    private ScriptedShop shop;

    @BeforeEach
    void open() throws IOException {
        shop = new ScriptedShop();
        for (int id = 1; id <= 5; id++) {
            shop.add("orders", order(id, "2026-07-01T10:00:0" + id));
        }
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void readsAllPagesWithBasicAuthentication() throws Exception {
        Collected collected = new Collected();
        ScanResult result = read(StreamName.ORDERS, null, collected);

        assertThat(result.finished()).isTrue();
        assertThat(result.problems()).isEmpty();
        assertThat(collected.ids(StreamName.ORDERS)).containsExactly("1", "2", "3", "4", "5");
        assertThat(result.counted()).containsEntry(StreamName.ORDERS, 5L);
        assertThat(result.watermark()).isEqualTo(Instant.parse("2026-07-01T10:00:05Z"));
        assertThat(shop.authorizations)
                .containsOnly(
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                "ck_key:cs_secret"
                                                        .getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "401, source_refused, key",
        "403, source_refused, key",
        "404, source_refused, url",
        "302, source_refused, url",
        "400, source_refused, "
    })
    void configurationErrorsAreNotRetriedAndNameTheProperty(
            int status, String rule, String property) throws Exception {
        shop.always("orders", ScriptedShop.status(status, "Location", "https://x.test/a?key=1"));
        int before = shop.requests.size();

        assertThatThrownBy(() -> read(StreamName.ORDERS, null, new Collected()))
                .isInstanceOfSatisfying(
                        SourceUnavailableException.class,
                        e -> {
                            assertThat(e.problem().rule()).isEqualTo(rule);
                            assertThat(e.problem().field()).isEqualTo(property);
                            assertThat(e.problem().stream()).isEqualTo("orders");
                            assertThat(e.problem().message())
                                    .contains("/wp-json/wc/v3/orders", "returns " + status)
                                    .doesNotContain("example.test", "cs_secret", "key=1");
                        });
        assertThat(shop.requests.subList(before, shop.requests.size()))
                .filteredOn(request -> request.contains("/orders?"))
                .hasSize(1);
    }

    @Test
    void wrongKeyStopsBeforeTheFirstRow() {
        shop.always("data/currencies/current", ScriptedShop.status(401));

        assertThatThrownBy(
                        () -> new WooCommerceReader(shop.settings(), QUICK, ScriptedShop.UNLIMITED))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("properties key and secret");
    }

    @Test
    void waitsAsLongAsRetryAfterSaysAfter429() throws Exception {
        shop.next("orders", ScriptedShop.status(429, "Retry-After", "1"));
        long begin = System.nanoTime();
        Collected collected = new Collected();

        ScanResult result = read(StreamName.ORDERS, null, collected);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(ONE_SECOND);
        assertThat(collected.ids(StreamName.ORDERS)).hasSize(5);
        assertThat(result.problems()).isEmpty();
    }

    @Test
    void retryAfterMayBeADateInThePast() throws Exception {
        shop.next(
                "orders", ScriptedShop.status(503, "Retry-After", "Wed, 01 Jul 2026 10:00:00 GMT"));
        shop.next("orders", ScriptedShop.status(503, "Retry-After", "soon"));
        Collected collected = new Collected();

        read(StreamName.ORDERS, null, collected);

        assertThat(collected.ids(StreamName.ORDERS)).hasSize(5);
    }

    @Test
    void aWaitThatIsTooLongIsNotWaitedFor() {
        shop.next("orders", ScriptedShop.status(429, "Retry-After", "86400"));

        assertThatThrownBy(() -> read(StreamName.ORDERS, null, new Collected()))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("returns 429")
                .hasMessageContaining("one attempt");
    }

    @Test
    void serverErrorsThatPassAreRetried() throws Exception {
        shop.next(
                "orders",
                ScriptedShop.status(500),
                ScriptedShop.status(502),
                ScriptedShop.status(408));
        Collected collected = new Collected();

        ScanResult result = read(StreamName.ORDERS, null, collected);

        assertThat(collected.ids(StreamName.ORDERS)).containsExactly("1", "2", "3", "4", "5");
        assertThat(result.counted()).containsEntry(StreamName.ORDERS, 5L);
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void nonsenseIsRetried(String name, ScriptedShop.Answer answer) throws Exception {
        shop.next("orders", answer, answer);
        Collected collected = new Collected();

        ScanResult result = read(StreamName.ORDERS, null, collected);

        assertThat(collected.ids(StreamName.ORDERS)).containsExactly("1", "2", "3", "4", "5");
        assertThat(result.problems()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void nonsenseForGoodIsAProblemWithoutTheBody(String name, ScriptedShop.Answer answer) {
        shop.always("orders", answer);

        assertThatThrownBy(() -> read(StreamName.ORDERS, null, new Collected()))
                .isInstanceOfSatisfying(
                        SourceUnavailableException.class,
                        e -> {
                            assertThat(e.problem().rule())
                                    .isIn("source_malformed", "source_unavailable");
                            assertThat(e.problem().message())
                                    .contains("4 attempts")
                                    .doesNotContain("Maintenance");
                        });
    }

    static List<Arguments> nonsense() {
        return List.of(
                Arguments.of("HTML", ScriptedShop.text("<html>Maintenance</html>")),
                Arguments.of("half of the JSON", ScriptedShop.text("[{\"id\":1,")),
                Arguments.of("two documents", ScriptedShop.text("[] []")),
                Arguments.of("an object", ScriptedShop.text("{\"id\":1}")),
                Arguments.of("a scalar", ScriptedShop.text("17")),
                Arguments.of("nothing", ScriptedShop.text("")),
                Arguments.of("rows without id", ScriptedShop.text("[{\"name\":\"Maintenance\"}]")),
                Arguments.of("rows with a text id", ScriptedShop.text("[{\"id\":\"a\"}]")),
                Arguments.of("no total", ScriptedShop.without("X-WP-Total", "[]")),
                Arguments.of("no number of pages", ScriptedShop.without("X-WP-TotalPages", "[]")),
                Arguments.of(
                        "more rows than counted", ScriptedShop.text("[{\"id\":1},{\"id\":2}]")),
                Arguments.of("a body cut short", ScriptedShop.truncated()));
    }

    @Test
    void downForGoodEndsTheScanAndTheNextRunLosesNothing() throws Exception {
        Collected first = new Collected();
        first.atCheckpoint(
                number -> {
                    shop.always("orders", ScriptedShop.status(503));
                    return true;
                });
        assertThatThrownBy(() -> read(StreamName.ORDERS, null, first))
                .isInstanceOfSatisfying(
                        SourceUnavailableException.class,
                        e -> assertThat(e.problem().message()).contains("503", "4 attempts"));
        assertThat(first.ids(StreamName.ORDERS)).hasSizeLessThan(5);

        shop.recover("orders");
        Collected second = new Collected();
        ScanResult result = read(StreamName.ORDERS, null, second);

        assertThat(second.ids(StreamName.ORDERS)).containsExactly("1", "2", "3", "4", "5");
        assertThat(result.counted()).containsEntry(StreamName.ORDERS, 5L);
    }

    @Test
    void anUnavailableShopIsNotCalledByEveryScanInTurn() throws Exception {
        HostLimits hosts = new HostLimits(1_000_000, Duration.ofMinutes(1));
        try (WooCommerceReader reader = new WooCommerceReader(shop.settings(), QUICK, hosts);
                WooCommerceReader other = new WooCommerceReader(shop.settings(), QUICK, hosts)) {
            shop.always("orders", ScriptedShop.status(503));
            assertThatThrownBy(
                            () ->
                                    scan(reader, StreamName.ORDERS)
                                            .read(ChangeWindow.EVERYTHING, null, new Collected()))
                    .hasMessageContaining("4 attempts");
            int requests = shop.requests.size();

            assertThatThrownBy(
                            () ->
                                    scan(other, StreamName.REFUNDS)
                                            .read(ChangeWindow.EVERYTHING, null, new Collected()))
                    .isInstanceOfSatisfying(
                            SourceUnavailableException.class,
                            e -> {
                                assertThat(e.problem().rule()).isEqualTo("source_unavailable");
                                assertThat(e.problem().stream()).isEqualTo("refunds");
                                assertThat(e.problem().message())
                                        .contains(
                                                "/wp-json/wc/v3/refunds received no request",
                                                "503");
                            });
            assertThat(shop.requests).hasSize(requests);
        }
    }

    @Test
    void aRefusedConnectionIsReportedWithTheAddress() throws Exception {
        WooCommerceSettings settings = shop.settings();
        shop.close();

        assertThatThrownBy(() -> new WooCommerceReader(settings, QUICK, ScriptedShop.UNLIMITED))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining(settings.url() + "/wp-json/wc/v3/data/currencies/current")
                .hasMessageContaining("does not answer");
    }

    @Test
    void anInterruptedWaitEndsTheScan() throws Exception {
        shop.always("orders", ScriptedShop.status(429, "Retry-After", "2"));
        AtomicReference<Exception> thrown = new AtomicReference<>();
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        Thread reading =
                new Thread(
                        () -> {
                            try {
                                read(StreamName.ORDERS, null, new Collected());
                            } catch (Exception e) {
                                thrown.set(e);
                                stillInterrupted.set(Thread.currentThread().isInterrupted());
                            }
                        });
        reading.start();
        while (shop.requests.stream().noneMatch(request -> request.contains("/orders?"))) {
            reading.join(5);
        }
        reading.join(200);
        reading.interrupt();
        reading.join(10_000);

        assertThat(thrown.get()).isInstanceOf(SourceUnavailableException.class);
        assertThat(thrown.get()).hasMessageContaining("returns 429");
        assertThat(stillInterrupted).isTrue();
    }

    @Test
    void readsCurrencyZoneAndCountryFromTheShop() throws Exception {
        shop.document("", "{\"timezone_string\":\"America/New_York\"}");
        try (WooCommerceReader reader =
                new WooCommerceReader(shop.settings(), QUICK, ScriptedShop.UNLIMITED)) {
            assertThat(reader.format().zone()).isEqualTo(ZoneId.of("America/New_York"));
            assertThat(reader.format().currency()).isEqualTo("GBP");
            assertThat(reader.format().country()).isEqualTo("GB");
            assertThat(reader.format().dates().zone()).isEqualTo(ZoneOffset.UTC);
            assertThat(reader.problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"timezone_string\":\"\",\"gmt_offset\":-3.5} | -03:30",
                "{\"timezone_string\":\"Asia/Kolkata\",\"gmt_offset\":0} | Asia/Kolkata"
            })
    void aSiteMayTellItsZoneInSeveralWays(String site, String zone) throws Exception {
        shop.document("", site);
        try (WooCommerceReader reader =
                new WooCommerceReader(shop.settings(), QUICK, ScriptedShop.UNLIMITED)) {
            assertThat(reader.format().zone()).isEqualTo(ZoneId.of(zone));
        }
    }

    @ParameterizedTest
    @MethodSource("sitesWithoutZone")
    void noZoneIsGuessed(String name, ScriptedShop.Answer answer) throws Exception {
        shop.always("", answer);

        assertThatThrownBy(
                        () -> new WooCommerceReader(shop.settings(), QUICK, ScriptedShop.UNLIMITED))
                .isInstanceOfSatisfying(
                        SourceUnavailableException.class,
                        e -> {
                            assertThat(e.problem().rule()).isEqualTo("zone_unknown");
                            assertThat(e.problem().field()).isEqualTo("zone");
                            assertThat(e.problem().message())
                                    .contains("zone: Europe/Berlin")
                                    .doesNotContain("Nowhere", "secret@example.test");
                        });
        try (WooCommerceReader reader =
                new WooCommerceReader(
                        shop.settingsIn(ZoneId.of("Asia/Tokyo")), QUICK, ScriptedShop.UNLIMITED)) {
            assertThat(reader.format().zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        }
    }

    static List<Arguments> sitesWithoutZone() {
        return List.of(
                Arguments.of("hidden", ScriptedShop.status(401)),
                Arguments.of("forbidden", ScriptedShop.status(403)),
                Arguments.of("not there", ScriptedShop.status(404)),
                Arguments.of("a login page", ScriptedShop.text("<html>log in</html>")),
                Arguments.of("a redirect", ScriptedShop.status(302, "Location", "/wp-login.php")),
                Arguments.of(
                        "no such zone", ScriptedShop.text("{\"timezone_string\":\"Nowhere/X\"}")),
                Arguments.of("no zone", ScriptedShop.text("{\"name\":\"a site\"}")),
                Arguments.of("no offset", ScriptedShop.text("{\"gmt_offset\":\"many\"}")));
    }

    @Test
    void aKeyThatMayNotReadSettingsLeavesTheCountryOpen() throws Exception {
        shop.always("settings/general", ScriptedShop.status(403));
        try (WooCommerceReader reader =
                new WooCommerceReader(shop.settings(), QUICK, ScriptedShop.UNLIMITED)) {
            assertThat(reader.format().country()).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("standIns")
    void whatStandsInFrontOfTheShopIsNamed(
            String name, ScriptedShop.Answer answer, String named, String advice) {
        shop.always("orders", answer);

        assertThatThrownBy(() -> read(StreamName.ORDERS, null, new Collected()))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining(named)
                .hasMessageContaining(advice)
                .hasMessageNotContaining("Zoe Example");
    }

    static List<Arguments> standIns() {
        return List.of(
                Arguments.of(
                        "plain permalinks",
                        status(404, "<html>Nothing found for Zoe Example</html>"),
                        "permalinks are 'plain'",
                        "under Settings, Permalinks"),
                Arguments.of(
                        "WooCommerce is off",
                        status(404, "{\"code\":\"rest_no_route\"}"),
                        "rest_no_route",
                        "WooCommerce is active"),
                Arguments.of(
                        "a redirect to a login page",
                        ScriptedShop.status(
                                302, "Location", "https://x.test/wp-login.php?redirect_to=Zoe"),
                        "a redirect to a login page, https://x.test/wp-login.php",
                        "/wp-json/"),
                Arguments.of(
                        "a login page",
                        ScriptedShop.text("<html>Zoe Example <input type=\"password\"></html>"),
                        "returns a login page",
                        "/wp-json/"),
                Arguments.of(
                        "a web page",
                        ScriptedShop.text("<!DOCTYPE html><title>Zoe Example</title>"),
                        "returns a web page",
                        "in a browser"),
                Arguments.of(
                        "a warning of PHP",
                        ScriptedShop.text(
                                "<br />\n<b>Warning</b>:  Undefined variable $zoe in <b>/x.php</b> on line <b>3</b><br />\n[]"),
                        "a message of PHP before the JSON",
                        "WP_DEBUG_DISPLAY"));
    }

    private static ScriptedShop.Answer status(int status, String body) {
        return exchange -> ScriptedShop.send(exchange, status, body);
    }

    /** Values that no real shop has: the row is kept, the oversized value is not. */
    @ParameterizedTest
    @MethodSource("outsized")
    void oneOutsizedValueTakesNoOtherRowDown(String name, String value) throws Exception {
        shop.add("orders", order(6, "2026-07-01T10:00:06"));
        shop.raw(
                "orders",
                6,
                """
                {"id":6,"status":"completed","currency":"GBP","date_created_gmt":"2026-07-01T10:00:06",
                 "date_modified_gmt":"2026-07-01T10:00:06","total":%s,
                 "meta_data":[{"value":%s}]}"""
                        .formatted(value, value));
        Collected collected = new Collected();

        ScanResult result = read(StreamName.ORDERS, null, collected);

        assertThat(result.problems()).isEmpty();
        assertThat(collected.ids(StreamName.ORDERS)).containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(collected.newest(StreamName.ORDERS).get("6").get("total").length())
                .isLessThanOrEqualTo(LONGEST_TEXT);
    }

    static List<Arguments> outsized() {
        return List.of(
                Arguments.of("digits", "9".repeat(5_000)),
                Arguments.of("digits of a fraction", "0." + "1".repeat(50_000)),
                Arguments.of("an exponent", "1e999999999"),
                Arguments.of("a text", '"' + "x".repeat(3_000_000) + '"'),
                Arguments.of("depth", "[".repeat(20_000) + "]".repeat(20_000)),
                Arguments.of(
                        "depth of objects", "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000)));
    }

    @Test
    void anAnswerThatIsTooLargeIsRefusedWithTheProperty() {
        shop.always(
                "orders",
                ScriptedShop.text(
                        "[{\"id\":1,\"note\":\"" + "x".repeat(ApiResponse.MAX_BYTES) + "\"}]"));

        assertThatThrownBy(() -> read(StreamName.ORDERS, null, new Collected()))
                .isInstanceOfSatisfying(
                        SourceUnavailableException.class,
                        e -> assertThat(e.problem().field()).isEqualTo("page_size"))
                .hasMessageContaining("more than 32 MB");
    }

    @Test
    void moreCategoriesThanAreLookedAtAreSaid() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        shop.always(
                "products/categories",
                exchange -> {
                    int first = 100 * requests.getAndIncrement() + 1;
                    ScriptedShop.rows(
                            exchange,
                            50_000,
                            IntStream.range(first, first + 100)
                                    .mapToObj(id -> "{\"id\":%d,\"name\":\"c\"}".formatted(id))
                                    .collect(Collectors.joining(",", "[", "]")));
                });

        ScanResult result = read(StreamName.PRODUCTS, null, new Collected());

        assertThat(result.notes())
                .singleElement()
                .satisfies(note -> assertThat(note.message()).contains("5000 categories"));
        assertThat(requests).hasValue(50);
    }

    @ParameterizedTest
    @CsvSource({"data/currencies/current, currency", "reports/orders/totals, state"})
    void documentsWithoutTheirSenseAreAProblem(String resource, String missing) {
        shop.document(resource, "[]");

        assertThatThrownBy(
                        () -> new WooCommerceReader(shop.settings(), QUICK, ScriptedShop.UNLIMITED))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining(missing);
    }

    @Test
    void aStateThatThePluginOfAShopInventedIsReadToo() throws Exception {
        shop.document(
                "reports/orders/totals",
                "[{\"slug\":\"completed\"},{\"slug\":\"awaiting-pickup\"},{\"slug\":\"checkout-draft\"}]");

        read(StreamName.ORDERS, null, new Collected());

        assertThat(shop.requests)
                .filteredOn(request -> request.contains("/orders?"))
                .isNotEmpty()
                .allMatch(
                        request ->
                                decoded(request)
                                        .contains("status=awaiting-pickup,completed,trash"));
    }

    @Test
    void withoutReportsOrdersInUnmappedStatesAreCountedAndAProblem() throws Exception {
        shop.always("reports/orders/totals", ScriptedShop.status(403));
        shop.next("orders", counting(7), counting(5));
        try (WooCommerceReader reader =
                new WooCommerceReader(shop.settings(), QUICK, ScriptedShop.UNLIMITED)) {
            assertThat(reader.problems())
                    .singleElement()
                    .satisfies(
                            problem -> {
                                assertThat(problem.rule()).isEqualTo("unknown_statuses");
                                assertThat(problem.field()).isEqualTo("statuses");
                                assertThat(problem.message()).startsWith("2 orders");
                            });
        }
        try (WooCommerceReader reader =
                new WooCommerceReader(shop.settings(), QUICK, ScriptedShop.UNLIMITED)) {
            assertThat(reader.problems()).isEmpty();
        }
    }

    @Test
    void rowsThatTheShopCountsButNeverGivesAreAProblemAndTheWatermarkStays() throws Exception {
        Instant since = Instant.parse("2026-07-01T10:00:00Z");
        shop.hide("orders", 3);
        ScanResult result = read(StreamName.ORDERS, since, new Collected());

        assertThat(result.finished()).isTrue();
        assertThat(result.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.rule()).isEqualTo("rows_missing"));
        assertThat(result.counted()).containsEntry(StreamName.ORDERS, 5L);
        assertThat(result.watermark()).isEqualTo(since);
    }

    @Test
    void customersThatTheShopCountsButNeverGivesAreAProblem() throws Exception {
        for (int id = 1; id <= 5; id++) {
            shop.add("customers", "{\"id\":%d}".formatted(id));
        }
        shop.hide("customers", 3);
        ScanResult result = read(StreamName.CUSTOMERS, null, new Collected());

        assertThat(result.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.rule()).isEqualTo("rows_missing"));
    }

    @Test
    void ordersWithoutTimeOfChangeAreAProblem() throws Exception {
        shop.add("orders", "{\"id\":9,\"date_modified_gmt\":\"0000-00-00T00:00:00\"}");

        ScanResult result = read(StreamName.ORDERS, null, new Collected());

        assertThat(result.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.rule()).isEqualTo("rows_without_time"));
        assertThat(result.counted()).containsEntry(StreamName.ORDERS, 6L);
    }

    @Test
    void listsOutOfOrderAreAProblem() throws Exception {
        shop.always(
                "customers", exchange -> ScriptedShop.rows(exchange, 2, "[{\"id\":2},{\"id\":1}]"));

        assertThatThrownBy(() -> read(StreamName.CUSTOMERS, null, new Collected()))
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageContaining("not in order of id");
    }

    @Test
    void foreignCursorsAreRefused() throws Exception {
        try (WooCommerceReader reader =
                new WooCommerceReader(shop.settings(), QUICK, ScriptedShop.UNLIMITED)) {
            for (Scan scan : reader.scans()) {
                assertThatThrownBy(() -> scan.read(ChangeWindow.EVERYTHING, "0;1", new Collected()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("0;1");
            }
        }
    }

    private static ScriptedShop.Answer counting(int total) {
        return exchange -> ScriptedShop.rows(exchange, total, "[{\"id\":1}]");
    }

    private static String decoded(String request) {
        return URLDecoder.decode(request, StandardCharsets.UTF_8);
    }

    private static String order(int id, String modified) {
        return """
               {"id":%d,"status":"completed","currency":"GBP","date_created_gmt":"%s","date_modified_gmt":"%s"}"""
                .formatted(id, modified, modified);
    }

    private ScanResult read(StreamName stream, Instant since, Collected collected)
            throws Exception {
        try (WooCommerceReader reader =
                new WooCommerceReader(shop.settings(), QUICK, ScriptedShop.UNLIMITED)) {
            return scan(reader, stream).read(ChangeWindow.since(since), null, collected);
        }
    }

    private static Scan scan(WooCommerceReader reader, StreamName stream) {
        return reader.scans().stream()
                .filter(scan -> scan.streams().getFirst() == stream)
                .findFirst()
                .orElseThrow();
    }
}

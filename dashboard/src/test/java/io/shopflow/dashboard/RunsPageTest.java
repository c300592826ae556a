package io.shopflow.dashboard;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(WarehouseServer.class)
class RunsPageTest {
    private static final String SECOND = "01JD0000000000000000000002";

    @Test
    void runsAreListedNewestFirstWithTheirLedgers() {
        Warehouse.empty().smallShop().ran("shop", SECOND, "running", Instant.now()).brazilianShop();
        Page page = Page.at("/runs");
        assertThat(page.table("Runs")).hasSize(3);
        assertThat(page.table("Runs").getFirst())
                .contains("shop | running | full | – | 0 | 0 | 0 | not closed yet");
        assertThat(page.table("Runs").get(1))
                .contains("shop | complete | full | 1 min 15 s | 10 | 6 | 2 | balanced");
        assertThat(Page.at("/runs?source=olist").table("Runs")).hasSize(1);
    }

    @Test
    void anUnknownSourceIsReportedWithThoseThatHaveRun() {
        Warehouse.empty().smallShop().brazilianShop();
        String page =
                given().get("/runs?source=nowhere").then().statusCode(400).extract().asString();
        assertThat(new Page(page).text())
                .contains("source is nowhere. Allowed: one of olist, shop");
        Warehouse.empty();
        assertThat(Page.at("/runs?source=nowhere").text()).contains("No runs of nowhere yet.");
    }

    @Test
    void aRunShowsItsStreamsItsFilesAndItsProblems() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.ran("shop", SECOND, "incomplete", Instant.now());
        warehouse.manifest(SECOND, "orders", 30, 20, 2).loaded("shop", SECOND, "orders", 1);
        warehouse.run(
                """
                insert into etl.run_problems (run_id, ordinal, stream, file, line, field, rule, message)
                values (?, 1, 'orders', 'orders.csv', 7, 'total', 'number', 'No number: <i>x</i>'),
                    (?, 2, null, null, null, null, 'source-away', 'The shop does not answer.')
                """,
                SECOND,
                SECOND);
        Page page = Page.at("/runs/" + SECOND);
        assertThat(page.table("Ledger by stream"))
                .containsExactly("orders | 30 | 20 | 5 | 1 | 1 | 1 | 2 | 1 | not balanced");
        assertThat(page.table("Problems of the run"))
                .containsExactly(
                        "number | orders | orders.csv | 7 | total | No number:"
                                + " &lt;i&gt;x&lt;/i&gt;",
                        "source-away | – | – | – | – | The shop does not answer.");
        assertThat(page.table("Loaded files").getFirst())
                .startsWith("lake/clean/orders/shop-" + SECOND + "-1.csv | 10 | 2 |")
                .endsWith("42 ms");
    }

    @Test
    void lateFilesAreListedSeparately() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        assertThat(Page.at("/runs/" + Warehouse.RUN).text()).doesNotContain("Late files");
        warehouse.run(
                """
                insert into etl.late_parts (run_id, stream, part, arrival, object_version, applied, extracted,
                    inserted, updated, unchanged, duplicate, quarantined, arrived_at)
                values (?, 'orders', 1, 1, 'v2', true, 10, 1, 2, 4, 1, 2, '2026-03-31T10:00:00Z'),
                    (?, 'orders', 9, 1, 'v1', false, 7, 0, 0, 0, 0, 0, '2026-03-31T11:00:00Z')
                """,
                Warehouse.RUN,
                Warehouse.RUN);
        Page page = Page.at("/runs/" + Warehouse.RUN);
        assertThat(page.text()).contains("Late files");
        assertThat(page.table("Late files").getFirst())
                .startsWith("orders | 1 | 10 | 1 | 2 | 2 |")
                .endsWith("| yes");
        assertThat(page.table("Late files").get(1))
                .startsWith("orders | 9 | 7 | 0 | 0 | 0 |")
                .endsWith("| no");
    }

    @Test
    void warningsAreListedWithOneValueEach() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        assertThat(Page.at("/runs/" + Warehouse.RUN).text()).doesNotContain("Warnings");
        warehouse.run(
                """
                insert into etl.part_warnings (run_id, stream, part, rule, field, rows, example, position)
                values (?, 'orders', 1, 'country_unknown', 'ship_country', 1200, 'Utopia <b>', 'o.csv:2'),
                    (?, 'orders', 2, 'country_unknown', 'ship_country', 34, null, null)
                """,
                Warehouse.RUN,
                Warehouse.RUN);
        assertThat(Page.at("/runs/" + Warehouse.RUN).table("Warnings of the run"))
                .containsExactly(
                        "country_unknown | orders | ship_country | 1,234 | Utopia &lt;b&gt; | o.csv:2");
    }

    @Test
    void aFindingShowsANumberOnlyIfItConcernsRows() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.run(
                "insert into etl.run_findings (run_id, rule, stream, rows, example, message, fails_run) values (?, 'configuration_changed', '', 0, null, 'Reading all of it again.', false), (?, 'order_unknown', 'refunds', 2, 'r', 'rows of orders', false)",
                Warehouse.RUN,
                Warehouse.RUN);
        assertThat(Page.at("/runs/" + Warehouse.RUN).text())
                .contains(
                        "configuration_changed. Reading all of it again.",
                        "order_unknown of refunds. 2 rows of orders (for example r)");
    }

    @Test
    void longListsEndWithTheNumberOfOmittedEntries() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        warehouse.run(
                """
                insert into etl.run_problems (run_id, ordinal, rule, message)
                select ?, n, 'rule', 'x' from generate_series(1, 1234) as n
                """,
                Warehouse.RUN);
        warehouse.run(
                """
                insert into etl.part_rejections (run_id, stream, part, rule, field, rows)
                select ?, 'orders', 1, 'rule', 'f' || n, 1 from generate_series(1, 300) as n
                """,
                Warehouse.RUN);
        Page page = Page.at("/runs/" + Warehouse.RUN);
        assertThat(page.table("Problems of the run")).hasSize(200);
        assertThat(page.table("Rejected rows of the run")).hasSize(100);
        assertThat(page.text()).contains("and 1,034 more", "and 201 more");
    }

    @ParameterizedTest
    @CsvSource({
        "/runs/%00, 404",
        "/runs/%20, 404",
        "/runs/01jd0000000000000000000002, 404",
        "/runs/01JD000000000000000000000U, 404",
        "/runs?source=%00, 400",
        "/runs?source=%27%20or%201, 400",
        "/runs?source=nowhere, 400",
        "/quality?source=nowhere, 400",
        "/?category=%00, 400",
        "/?source=%00, 400",
        "/?currency=%00, 400",
        "/?from=%00, 400",
        "/nowhere, 404",
    })
    void anUnknownAddressIsAPageAndNotAnInternalError(String path, int status) {
        Warehouse.empty().smallShop();
        String page =
                given().urlEncodingEnabled(false)
                        .get(path)
                        .then()
                        .statusCode(status)
                        .contentType("text/html")
                        .extract()
                        .asString();
        assertThat(page).contains("<h1>").doesNotContain("Exception");
    }

    @Test
    void anUnknownRunIsNotFound() {
        Warehouse.empty();
        String page = given().get("/runs/nowhere").then().statusCode(404).extract().asString();
        assertThat(page).contains("There is no page at this address.");
    }

    @Test
    void aRequestForAnotherHostIsRejected() {
        Warehouse.empty().smallShop();
        String refused =
                given().header("Host", "evil.example:8080")
                        .get("/runs")
                        .then()
                        .statusCode(403)
                        .extract()
                        .asString();
        assertThat(refused).isEqualTo("Call this server as localhost.\n");
    }

    @Test
    void theCaseOfAHostDoesNotMatter() {
        Warehouse.empty().smallShop();
        given().header("Host", "LocalHost:8080").get("/runs").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/runs HTTP/1.0",
                "/api/v1/runs HTTP/1.0",
                "/q/health/live HTTP/1.0",
                "/runs HTTP/1.1",
                "/runs HTTP/1.1\r\nHost: <x>",
                "/runs HTTP/1.1\r\nHost: local host",
                "/runs HTTP/1.1\r\nHost: reader@localhost",
                "/runs HTTP/1.1\r\nHost: localhost:99999999",
                "/runs HTTP/1.1\r\nHost: [::1",
            })
    void aRequestWithoutAValidHostIsRejected(String request) throws IOException {
        LoggedLines failures = LoggedLines.of("io.shopflow.dashboard.page.Failures");
        LoggedLines errors = LoggedLines.of("io.quarkus.vertx.http.runtime.QuarkusErrorHandler");
        String answer = answer("GET " + request + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).containsPattern("^HTTP/1\\.[01] 400 Bad Request\r\n");
        assertThat(answer).containsIgnoringCase("content-type: text/plain\r\n");
        assertThat(answer).endsWith("\r\n\r\nThe request needs a valid header Host.\n");
        assertThat(failures.lines()).isEmpty();
        assertThat(errors.lines()).isEmpty();
    }

    /** The bytes as they are: a client would add a host, or reject an invalid one. */
    private static String answer(String request) throws IOException {
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            connection.setSoTimeout(30_000);
            connection.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(connection.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @Test
    void aRunWithoutLoadsShowsAMessage() {
        Warehouse.empty().ran("shop", SECOND, "running", Instant.now());
        assertThat(Page.at("/runs/" + SECOND).text())
                .contains("Nothing of this run has been loaded yet.", "No file of this run");
    }
}

package io.shopflow.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of data quality, held against sums in plain Java of the ledger that was written. */
@QuarkusTest
@QuarkusTestResource(WarehouseServer.class)
class QualityPageTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/London");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.UK);

    private static final String STREAMS = "Rows by source and stream";
    private static final String DAYS = "Rows by day";
    private static final String RULES = "Rules that rejected rows";
    private static final String OPEN = "What puts the figures in doubt";

    /** A part of a run that was closed so many days ago. */
    private record Part(
            String source,
            String run,
            String stream,
            int daysAgo,
            long loaded,
            long duplicate,
            long rejected) {
        long extracted() {
            return loaded + duplicate + rejected;
        }
    }

    private static List<Part> ledger(Warehouse warehouse) {
        Random random = new Random(3);
        List<Part> parts = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
            String source = n % 3 == 0 ? "till" : "shop";
            String run = "01JD%022d".formatted(n);
            int daysAgo = n % 4 == 0 ? 0 : 3 * n;
            warehouse.run(
                    """
                    insert into etl.runs (run_id, source, status, full_run, started_at, closed_at)
                    values (?, ?, 'complete', true, now(), now() - make_interval(days => ?))
                    """,
                    run,
                    source,
                    daysAgo);
            for (String stream : List.of("orders", "products")) {
                Part part =
                        new Part(
                                source,
                                run,
                                stream,
                                daysAgo,
                                random.nextInt(2000),
                                random.nextInt(20),
                                random.nextInt(3) == 0 ? random.nextInt(50) : 0);
                warehouse.run(
                        """
                        insert into etl.part_ledger (run_id, stream, part, source, bucket, object_key,
                            object_version, extracted, inserted, updated, unchanged, duplicate, quarantined,
                            pseudonym_key_id, loaded_at, load_millis)
                        values (?, ?, 1, ?, 'lake', 'k', 'v', ?, ?, 0, 0, ?, ?, 'k1', now(), 1)
                        """,
                        run,
                        stream,
                        source,
                        part.extracted(),
                        part.loaded,
                        part.duplicate,
                        part.rejected);
                parts.add(part);
            }
        }
        return parts;
    }

    @ParameterizedTest
    @CsvSource({
        "'', 30, , ",
        "'?days=90', 90, , ",
        "'?days=90&source=shop', 90, shop, ",
        "'?days=30&stream=products', 30, , products",
        "'?days=90&source=till&stream=orders', 90, till, orders"
    })
    void rowsAreThoseOfTheRunsClosedInTheDays(
            String query, int days, String source, String stream) {
        List<Part> parts =
                ledger(Warehouse.empty()).stream()
                        .filter(part -> part.daysAgo < days)
                        .filter(part -> source == null || part.source.equals(source))
                        .filter(part -> stream == null || part.stream.equals(stream))
                        .toList();
        Page page = Page.whileLoading("/quality" + query);
        List<String> streams = new ArrayList<>();
        for (String ofSource : source == null ? List.of("shop", "till") : List.of(source)) {
            for (String ofStream :
                    stream == null ? List.of("orders", "products") : List.of(stream)) {
                List<Part> own =
                        parts.stream()
                                .filter(
                                        part ->
                                                part.source.equals(ofSource)
                                                        && part.stream.equals(ofStream))
                                .toList();
                streams.add(
                        "%s | %s%d | – | %s | 0 | 0"
                                .formatted(
                                        ofStream,
                                        source == null ? ofSource + " | " : "",
                                        own.size(),
                                        counts(own)));
            }
        }
        List<String> shown = page.table(STREAMS);
        assertThat(shown.subList(0, shown.size() - 1)).isEqualTo(streams);
        assertThat(shown.getLast()).contains(counts(parts));
        assertThat(page.table(DAYS)).isEqualTo(days(parts));
        assertThat(page.card("validity"))
                .isEqualTo(
                        String.valueOf(sum(parts, Part::extracted) - sum(parts, Part::rejected)));
        assertThat(page.card("uniqueness"))
                .isEqualTo(
                        String.valueOf(sum(parts, Part::extracted) - sum(parts, Part::duplicate)));
        assertThat(page.cardText("completeness")).contains("Unknown");
    }

    private static List<String> days(List<Part> parts) {
        return parts.stream()
                .map(Part::daysAgo)
                .distinct()
                .sorted(Comparator.naturalOrder())
                .map(
                        daysAgo -> {
                            List<Part> own =
                                    parts.stream().filter(p -> p.daysAgo == daysAgo).toList();
                            LocalDate day =
                                    Instant.now()
                                            .minus(daysAgo, ChronoUnit.DAYS)
                                            .atZone(ZONE)
                                            .toLocalDate();
                            return "%s | %d | %s"
                                    .formatted(
                                            DAY.format(day),
                                            own.stream().map(Part::run).distinct().count(),
                                            counts(own));
                        })
                .toList();
    }

    private static String counts(List<Part> parts) {
        return String.format(
                Locale.UK,
                "%,d | %,d | %,d | %,d | %.1f%%",
                sum(parts, Part::extracted),
                sum(parts, Part::loaded),
                sum(parts, Part::duplicate),
                sum(parts, Part::rejected),
                100.0 * sum(parts, Part::rejected) / sum(parts, Part::extracted));
    }

    private static long sum(List<Part> parts, ToLongFunction<Part> count) {
        return parts.stream().mapToLong(count).sum();
    }

    @Test
    void whatTheSourceCountsIsComparedWithWhatWasRead() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        String run = "01JD0000000000000000000009";
        warehouse.ran("shop", run, "incomplete", Instant.now());
        warehouse.manifest(run, "orders", 30, 10, 1).loaded("shop", run, "orders", 1);
        Page page = Page.at("/quality");
        assertThat(page.card("completeness")).isEqualTo("20");
        assertThat(page.cardText("completeness")).contains("50.0%", "20 read of 40 counted");
        assertThat(page.table(STREAMS).getFirst())
                .isEqualTo("orders | 2 | 40 | 20 | 14 | 2 | 4 | 20.0% | 0 | 2");
        assertThat(page.card("out")).isEqualTo("2");
    }

    @Test
    void rulesHaveTheirNewestExampleAndTheRowsThatAreStillOut() {
        Warehouse warehouse = Warehouse.empty().smallShop();
        String run = "01JD0000000000000000000002";
        warehouse.ran("shop", run, "complete", Instant.now()).loaded("shop", run, "orders", 1);
        warehouse.run(
                """
                insert into etl.part_rejections (run_id, stream, part, rule, field, rows, example, position)
                values (?, 'orders', 1, 'number_format', 'total', 7, '9,99', 'b.csv:3'),
                    (?, 'orders', 1, 'required', '', 1, null, null)
                """,
                run,
                run);
        // Of a run long ago.
        warehouse.run(
                """
                insert into etl.runs (run_id, source, status, full_run, started_at, closed_at)
                values ('01JC0000000000000000000000', 'shop', 'complete', true, now(), now() - interval '100 days')
                """);
        warehouse.run(
                """
                insert into etl.quarantined_rows (source, stream, run_id, part, ordinal, id, rule, field, position)
                values ('shop', 'reviews', '01JC0000000000000000000000', 1, 1, 'r1', 'text_length', 'title', 'r.csv:9')
                """);
        Page page = Page.at("/quality");
        assertThat(page.table(RULES))
                .containsExactly(
                        "number_format | orders | total | 9 | 2 | " + run + " | 9,99 | b.csv:3",
                        "text_length | reviews | title | 0 | 1 | 01JC0000000000000000000000 | – | r.csv:9",
                        "required | orders | – | 1 | 0 | " + run + " | – | –");
        assertThat(page.card("out")).isEqualTo("3");
        assertThat(page.text())
                .contains("./shopflow quarantine list", "./shopflow run --source NAME");
        assertThat(Page.at("/quality?source=shop&stream=reviews").table(RULES)).hasSize(1);
        assertThat(Page.at("/quality?source=shop").text())
                .contains("./shopflow quarantine list --source shop");
    }

    @Test
    void whatIsOpenHasItsMeaningAndACommand() {
        Warehouse warehouse =
                Warehouse.empty()
                        .smallShop()
                        .found(Warehouse.RUN, "other_currency", "refunds", "rows of <b>.", false);
        warehouse.brazilianShop();
        warehouse.run(
                "update etl.runs set closed_at = now() - interval '3 days' where source = 'olist'");
        List<String> open = Page.at("/quality").table(OPEN);
        assertThat(open).hasSize(3);
        assertThat(open.get(0))
                .startsWith("These figures are in doubt. | shop | ")
                .contains("./shopflow status | refunds: 1")
                .doesNotContain("<b>");
        assertThat(open.get(1))
                .startsWith("Rows were rejected. | shop | ")
                .contains("./shopflow quarantine list --source shop | 2 rejected rows are not");
        assertThat(open.get(2))
                .startsWith("These figures are old. | olist | ")
                .contains("./shopflow run --source olist");
        assertThat(Page.at("/quality?source=olist").table(OPEN)).hasSize(1);
    }

    @Test
    void withoutRunsThePageSaysHowToStart() {
        Warehouse warehouse = Warehouse.empty();
        assertThat(Page.whileLoading("/quality").text())
                .contains("Nothing has been loaded yet", "./shopflow up", "No run closed");
        warehouse.ran("shop", Warehouse.RUN, "running", Instant.now());
        Page running = Page.whileLoading("/quality");
        assertThat(running.table(OPEN).getFirst()).startsWith("The first run is still running.");
        assertThat(running.text()).contains("No run closed", "Look at 90 days");
        Warehouse.empty().smallShop().run("delete from etl.quarantined_rows");
        assertThat(Page.at("/quality").text()).contains("Nothing puts the figures in doubt.");
    }

    @ParameterizedTest
    @CsvSource({
        "?days=31, 30 or 90",
        "?source=%27, at most 31 lower-case letters",
        "?source=%00, at most 31 lower-case letters",
        "?stream=nothing, 'customers, products'"
    })
    void invalidParametersAreReported(String query, String allowed) {
        Warehouse.empty();
        String page =
                given().urlEncodingEnabled(false)
                        .get("/quality" + query)
                        .then()
                        .statusCode(400)
                        .extract()
                        .asString();
        assertThat(page).contains("This address cannot be shown", allowed);
    }

    @Test
    void aSourceThatHasNeverRunIsReportedOnceAnyHas() {
        Warehouse.empty().smallShop();
        String page =
                given().get("/quality?source=nowhere").then().statusCode(400).extract().asString();
        assertThat(new Page(page).text()).contains("source is nowhere. Allowed: one of shop");
        Warehouse.empty();
        assertThat(Page.at("/quality?source=nowhere").text()).contains("No run closed");
    }
}

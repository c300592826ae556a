package io.shopflow.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.core.stream.StreamName;
import io.shopflow.shop.api.ShopServer;
import io.shopflow.shop.world.Shop;
import io.shopflow.shop.world.ShopPlan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Requests for windows of days, and requests that extract sends itself if a shop was unavailable.
 */
@QuarkusTest
@WithTestResource(LakeResource.class)
class WindowedRunsTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    Lake lake;

    private ShopServer server;
    private String source;

    @BeforeEach
    void open() {
        Shop shop = Shop.open(ShopPlan.of(7, 30, 10, 80, NOW, Duration.ZERO), () -> NOW);
        server = ShopServer.start(0, shop);
        source =
                lake.source(
                        """
                        kind: woocommerce
                        url: %s
                        key: %s
                        secret: %s
                        """
                                .formatted(
                                        server.uri(),
                                        ShopServer.READ_KEY,
                                        ShopServer.CONSUMER_SECRET));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void windowsOfDaysTogetherAreOneFullRun() {
        RunManifest full = lake.run(source, null);
        List<LocalDate> cuts =
                List.of(
                        LocalDate.parse("2020-01-01"),
                        // Both days on which the clocks change, and the day after.
                        LocalDate.parse("2025-03-30"),
                        LocalDate.parse("2025-03-31"),
                        LocalDate.parse("2025-10-26"),
                        LocalDate.parse("2025-10-27"),
                        LocalDate.parse("2026-06-02"));
        byte[] state = lake.store().read(RunKeys.state(source)).orElseThrow();
        List<RunManifest> windows = new ArrayList<>();
        for (int i = 1; i < cuts.size(); i++) {
            windows.add(run(cuts.get(i - 1), cuts.get(i), i == cuts.size() - 1));
        }

        assertThat(windows)
                .allSatisfy(
                        manifest -> {
                            assertThat(manifest.problems()).isEmpty();
                            assertThat(manifest.streams())
                                    .allSatisfy(
                                            stream ->
                                                    assertThat(stream.counted())
                                                            .isIn(null, stream.extracted()));
                        });
        for (StreamName stream : StreamName.values()) {
            List<Map<String, String>> together = new ArrayList<>();
            windows.forEach(manifest -> together.addAll(rows(manifest, stream)));
            assertThat(together)
                    .as(stream.canonicalName())
                    .containsExactlyInAnyOrderElementsOf(rows(full, stream));
        }
        assertThat(rows(full, StreamName.ORDERS)).isNotEmpty();
        assertThat(lake.store().read(RunKeys.state(source)).orElseThrow()).isEqualTo(state);
    }

    @Test
    void windowsOfFilesAreRejected() {
        String files =
                lake.source(
                        """
                        kind: files
                        zone: UTC
                        path: /nowhere
                        streams:
                          customers: {file: people.csv, fields: {id: person}}
                        """);
        RunId runId = RunId.create();

        assertThat(lake.post(Map.of("m", body(window(files, runId))))).isEmpty();

        RunManifest manifest = lake.manifest(files, runId);
        assertThat(manifest.problems())
                .singleElement()
                .satisfies(
                        problem -> {
                            assertThat(problem.rule()).isEqualTo("window_unsupported");
                            assertThat(problem.message()).contains("in full");
                        });
        assertThat(manifest.streams()).extracting(StreamExtract::parts).allMatch(List::isEmpty);
    }

    @Test
    void aRunOfAnUnavailableShopIsRetriedTwice() {
        RunId first = RunId.create();
        String request = body(new ExtractRequest(source, first, null, null, true));
        List<ExtractRequest> asked = new ArrayList<>();
        for (int i = 0; i < 5 && request != null; i++) {
            // Longer than a run waits.
            server.faults().rateLimit(1, Duration.ofMinutes(10));
            assertThat(lake.post(Map.of("m" + i, request))).isEmpty();
            ExtractRequest next = queued();
            if (next != null) {
                asked.add(next);
            }
            request = next == null ? null : body(next);
            server.faults().clear();
        }

        assertThat(asked).extracting(ExtractRequest::attempt).containsExactly(1, 2);
        assertThat(asked)
                .extracting(ExtractRequest::runId)
                .doesNotHaveDuplicates()
                .doesNotContain(first);
        assertThat(asked).allMatch(ExtractRequest::full);
        assertThat(lake.manifest(source, asked.getLast().runId()).problems())
                .extracting(Problem::rule)
                .containsExactly("source_unavailable");
    }

    @Test
    void theRetriedRunCatchesUp() {
        server.faults().rateLimit(1, Duration.ofMinutes(10));
        assertThat(lake.post(Map.of("m", body(plain(RunId.create()))))).isEmpty();
        ExtractRequest again = queued();
        assertThat(again).isNotNull();
        server.faults().clear();

        assertThat(lake.post(Map.of("again", body(again)))).isEmpty();

        RunManifest manifest = lake.manifest(source, again.runId());
        assertThat(manifest.problems()).isEmpty();
        assertThat(rows(manifest, StreamName.ORDERS)).isNotEmpty();
        assertThat(queued()).isNull();
    }

    @Test
    void anInvocationKilledBeforeItRequestedARetryRequestsItWhenItsMessageIsDeliveredAgain() {
        server.faults().rateLimit(1, Duration.ofMinutes(10));
        RunId runId = RunId.create();
        assertThat(lake.post(Map.of("m", body(plain(runId))))).isEmpty();
        ExtractRequest asked = queued();

        assertThat(lake.post(Map.of("m", body(plain(runId))))).isEmpty();

        assertThat(queued()).isEqualTo(asked).isNotNull();
    }

    @Test
    void aMistakeInTheConfigurationIsNotRepeated() {
        String broken = lake.source("kind: nonsense");
        RunId runId = RunId.create();

        assertThat(
                        lake.post(
                                Map.of(
                                        "m",
                                        body(
                                                new ExtractRequest(
                                                        broken, runId, null, null, false)))))
                .isEmpty();

        assertThat(lake.manifest(broken, runId).problems()).isNotEmpty();
        assertThat(queued()).isNull();
    }

    @Test
    void aWindowWhoseShopWasAwayIsLeftToItsBackfill() {
        server.faults().rateLimit(1, Duration.ofMinutes(10));
        RunId runId = RunId.create();

        assertThat(lake.post(Map.of("m", body(window(source, runId))))).isEmpty();

        assertThat(lake.manifest(source, runId).problems())
                .extracting(Problem::rule)
                .containsExactly("source_unavailable");
        assertThat(queued()).isNull();
    }

    private ExtractRequest plain(RunId runId) {
        return new ExtractRequest(source, runId, null, null, false);
    }

    private static ExtractRequest window(String source, RunId runId) {
        return ExtractRequest.ofWindow(
                source, runId, LocalDate.parse("2026-01-01"), LocalDate.parse("2026-02-01"), false);
    }

    private RunManifest run(LocalDate since, LocalDate until, boolean last) {
        RunId runId = RunId.create();
        ExtractRequest request = ExtractRequest.ofWindow(source, runId, since, until, last);
        assertThat(lake.post(Map.of("m", body(request)))).isEmpty();
        return lake.manifest(source, runId);
    }

    /** The request of this source in the queue, if there is one. */
    private ExtractRequest queued() {
        return lake.takeQueued().stream()
                .map(
                        json ->
                                RunJson.read(
                                        json.getBytes(StandardCharsets.UTF_8),
                                        ExtractRequest.class))
                .filter(request -> request.source().equals(source))
                .findFirst()
                .orElse(null);
    }

    private List<Map<String, String>> rows(RunManifest manifest, StreamName stream) {
        List<Map<String, String>> rows = lake.rows(source, manifest.runId(), stream);
        rows.forEach(row -> row.remove("_position"));
        return rows;
    }

    private static String body(ExtractRequest request) {
        return new String(RunJson.write(request), StandardCharsets.UTF_8);
    }
}

package io.shopflow.extract.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.run.RunPlan;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.core.run.StreamExtract.RawPart;
import io.shopflow.core.source.SourceFormat;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.extract.source.ChangeWindow;
import io.shopflow.extract.source.RowSink;
import io.shopflow.extract.source.Scan;
import io.shopflow.extract.source.SourceReader;
import io.shopflow.extract.source.SourceUnavailableException;
import io.shopflow.lambda.trace.Tracer;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run of a small source with orders and their items, which can be unavailable or miscount. */
class ExtractRunTest {

    private static final Instant NEWEST = Instant.parse("2026-03-01T10:00:00Z");
    private static final BooleanSupplier TIME_ENOUGH = () -> false;

    private final MemoryStore store = new MemoryStore();
    private final Shop shop = new Shop();
    private Clock clock = Clock.fixed(Instant.parse("2026-03-02T00:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRunKilledAtAnyWriteEndsAsIfNothingHadHappened(boolean losesTheAnswer) throws Exception {
        for (int writes = 0; ; writes++) {
            RunId runId = RunId.create();
            String source = "s" + writes;
            store.failAfter(writes, losesTheAnswer);
            boolean killed = false;
            try {
                run().run(request(source), runId, TIME_ENOUGH);
            } catch (UncheckedIOException e) {
                killed = true;
            }
            store.heal();
            letLeasesRunOut();

            RunResult result = run().run(request(source), runId, TIME_ENOUGH);

            RunManifest manifest = manifest(source, runId);
            assertWhole(manifest);
            assertThat(state(source).lease()).isNull();
            assertThat(state(source).watermarks()).containsEntry("orders", NEWEST);
            assertThat(run().run(request(source), runId, TIME_ENOUGH))
                    .isEqualTo(new RunResult.AlreadyFinished(manifest));
            if (!killed) {
                assertThat(result).isEqualTo(new RunResult.AlreadyFinished(manifest));
                assertThat(writes).isGreaterThan(8);
                return;
            }
        }
    }

    @Test
    void aRunThatIsShortOfTimeContinuesWhereItStopped() throws Exception {
        RunId runId = RunId.create();
        int invocations = 1;
        while (run().run(request("s"), runId, () -> true) instanceof RunResult.ToBeContinued same) {
            assertThat(same.runId()).isEqualTo(runId);
            assertThat(state("s").lease().runId()).isEqualTo(runId);
            assertThat(++invocations).isLessThan(20);
        }

        assertThat(invocations).isGreaterThan(2);
        assertWhole(manifest("s", runId));
    }

    @Test
    void theNextRunReadsWhatChangedSinceTheWatermark() {
        shop.watermark = NEWEST;
        finish(request("s"));

        RunManifest second = finish(request("s"));

        assertThat(shop.since).containsExactly(null, NEWEST);
        assertThat(second.full()).isFalse();
        assertThat(orders(second).watermarkBefore()).isEqualTo(NEWEST);
    }

    @Test
    void anotherConfigurationReadsEverythingAgainUntilThatHasWorked() {
        shop.configuration = "first";
        finish(request("s"));
        finish(request("s"));
        shop.configuration = "mended";
        shop.miscount = 1;
        RunManifest incomplete = finish(request("s"));
        shop.miscount = 0;
        RunManifest again = finish(request("s"));
        RunManifest after = finish(request("s"));

        assertThat(shop.since).containsExactly(null, NEWEST, null, null, NEWEST);
        assertThat(incomplete.full()).isTrue();
        assertThat(again.notes())
                .extracting(RunNote::rule, RunNote::message)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(
                                "configuration_changed",
                                "The configuration has changed: the source is read again from the start."));
        assertThat(again.problems()).isEmpty();
        assertThat(after.notes()).isEmpty();
    }

    @Test
    void aConfigurationMendedAfterARunThatEndedIncompleteReadsEverythingAgain() {
        shop.configuration = "first";
        shop.problems = List.of(problem("file_missing"));
        finish(request("s"));
        shop.configuration = "mended";
        shop.problems = List.of();

        finish(request("s"));

        assertThat(shop.since).containsExactly(null, null);
    }

    @Test
    void aFullRunReadsEverything() {
        finish(request("s"));

        RunManifest full = finish(new ExtractRequest("s", null, null, null, true));

        assertThat(full.full()).isTrue();
        assertThat(shop.since).containsExactly(null, null);
    }

    @Test
    void aRunSinceADayMovesTheWatermarkOnlyWhereItLeavesNoGap() {
        LocalDate day = LocalDate.parse("2026-02-01");
        ExtractRequest sinceDay = new ExtractRequest("s", null, null, day, false);

        RunManifest first = finish(sinceDay);
        assertThat(shop.since).containsExactly(Instant.parse("2026-01-31T22:59:59Z"));
        assertThat(first.full()).isFalse();
        assertThat(state("s").watermarks()).isEmpty();

        finish(request("s"));
        shop.watermark = NEWEST.plusSeconds(60);
        finish(sinceDay);
        assertThat(state("s").watermarks()).containsEntry("orders", NEWEST.plusSeconds(60));
    }

    @Test
    void aWatermarkNeverGoesBack() {
        finish(request("s"));
        shop.watermark = NEWEST.minusSeconds(60);

        finish(request("s"));

        assertThat(state("s").watermarks()).containsEntry("orders", NEWEST);
    }

    @Test
    void aCountThatDiffersLeavesTheWatermark() {
        shop.miscount = 1;

        RunManifest manifest = finish(request("s"));

        assertThat(orders(manifest).counted()).isEqualTo(8);
        assertThat(orders(manifest).extracted()).isEqualTo(7);
        assertThat(orders(manifest).watermarkAfter()).isNull();
        assertThat(state("s").watermarks()).isEmpty();
        assertThat(state("s").lastRun().complete()).isFalse();
    }

    @Test
    void aSourceThatGoesAwayEndsTheRunIncompleteAndTheNextCatchesUp() throws Exception {
        shop.awayAtOrder = 5;
        RunManifest broken = finish(request("s"));

        assertThat(broken.problems()).extracting(Problem::rule).containsExactly("source_away");
        assertThat(broken.streams())
                .extracting(StreamExtract::stream)
                .containsExactly("orders", "order_items", "sellers");
        assertThat(orders(broken).counted()).isNull();
        assertThat(orders(broken).extracted()).isEqualTo(5);
        assertThat(state("s").watermarks()).isEmpty();
        assertThat(state("s").lease()).isNull();

        shop.awayAtOrder = Integer.MAX_VALUE;
        assertWhole(finish(request("s")));
        assertThat(shop.since).containsExactly(null, null);
    }

    @Test
    void aSourceThatIsUnavailableWhenARunContinuesKeepsWhatWasRead() {
        RunId runId = RunId.create();
        assertThat(run().run(request("s"), runId, () -> true))
                .isInstanceOf(RunResult.ToBeContinued.class);
        shop.closed = true;

        run().run(request("s"), runId, TIME_ENOUGH);

        RunManifest manifest = manifest("s", runId);
        assertThat(manifest.problems()).extracting(Problem::rule).containsExactly("source_away");
        assertThat(orders(manifest).extracted()).isEqualTo(1);
        assertThat(orders(manifest).counted()).isNull();
    }

    @Test
    void mistakesFoundBeforeTheFirstRowLeaveTheRestToBeRead() {
        shop.problems = List.of(problem("file_missing"));

        RunManifest manifest = finish(request("s"));

        assertThat(manifest.problems()).extracting(Problem::rule).containsExactly("file_missing");
        assertThat(orders(manifest).extracted()).isEqualTo(7);
        assertThat(state("s").lastRun().complete()).isFalse();
    }

    @Test
    void aLeaseOfAnotherRunIsRespectedUntilItRunsOut() {
        RunId first = RunId.create();
        assertThat(run().run(request("s"), first, () -> true))
                .isInstanceOf(RunResult.ToBeContinued.class);
        RunId second = RunId.create();

        assertThat(run().run(request("s"), second, TIME_ENOUGH))
                .isEqualTo(new RunResult.Busy(second, first, clock.instant().plusSeconds(60)));

        letLeasesRunOut();
        assertThat(run().run(request("s"), second, TIME_ENOUGH))
                .isInstanceOf(RunResult.Finished.class);
        assertThat(run().run(request("s"), first, TIME_ENOUGH))
                .isInstanceOf(RunResult.Finished.class);
        assertThat(run().run(request("s"), second, TIME_ENOUGH))
                .isEqualTo(new RunResult.AlreadyFinished(manifest("s", second)));
    }

    @Test
    void aTwinOfTheSameRunWaitsForTheFirst() throws Exception {
        RunId runId = RunId.create();
        List<RunResult> twin = new ArrayList<>();
        shop.whileReading =
                () -> {
                    shop.whileReading = () -> {};
                    twin.add(run().run(request("s"), runId, TIME_ENOUGH));
                };

        run().run(request("s"), runId, TIME_ENOUGH);

        assertThat(twin)
                .containsExactly(new RunResult.Busy(runId, runId, clock.instant().plusSeconds(60)));
        assertWhole(manifest("s", runId));
        assertThat(run().run(request("s"), runId, TIME_ENOUGH))
                .isEqualTo(new RunResult.AlreadyFinished(manifest("s", runId)));
    }

    /** A slow invocation and a dead one differ only in the renewals. */
    @Test
    void aLeaseIsRenewedHoweverSlowlyTheRunGetsOn() throws Exception {
        Duration lease = Duration.ofSeconds(1);
        clock = Clock.systemUTC();
        RunId runId = RunId.create();
        List<RunResult> twins = new ArrayList<>();
        shop.whileReading =
                () -> {
                    shop.whileReading = () -> {};
                    Instant beyondTheFirstLease = clock.instant().plus(lease).plus(lease);
                    while (clock.instant().isBefore(beyondTheFirstLease)) {
                        twins.add(run(lease).run(request("s"), RunId.create(), TIME_ENOUGH));
                    }
                };

        assertThat(run(lease).run(request("s"), runId, TIME_ENOUGH))
                .isInstanceOf(RunResult.Finished.class);

        assertThat(twins).hasSizeGreaterThan(2).allMatch(RunResult.Busy.class::isInstance);
        assertWhole(manifest("s", runId));
    }

    /** Otherwise its window would differ for each of its parts. */
    @Test
    void aRunThatOthersOvertookReadsOnFromWhereItsSourceStoodWhenItBegan() {
        RunId slow = RunId.create();
        run().run(request("s"), slow, () -> true);
        letLeasesRunOut();
        finish(request("s"));
        assertThat(state("s").watermarks()).containsEntry("orders", NEWEST);
        shop.watermark = NEWEST.minusSeconds(60);

        run().run(request("s"), slow, TIME_ENOUGH);

        assertThat(shop.since).containsExactly(null, null, null);
        assertThat(manifest("s", slow).full()).isTrue();
        assertThat(state("s").watermarks()).containsEntry("orders", NEWEST);
    }

    @Test
    void payloadsAreArchivedAsTheyCameUnderKeysOfTheirOwn() throws Exception {
        RunManifest manifest = finish(request("s"));

        var archived = store.list("archive/s/2026-03-02/orders_20260302T000000.000Z");
        assertThat(archived).hasSize(7);
        try (GZIPInputStream gzip =
                new GZIPInputStream(
                        new ByteArrayInputStream(
                                store.read(archived.getFirst().key()).orElseThrow()))) {
            assertThat(new String(gzip.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"order\": 1}");
        }
        assertThat(rows(orders(manifest)).getFirst().get("_position"))
                .isEqualTo(archived.getFirst().key());
    }

    @Test
    void largeRowsMakeSmallerParts() {
        ExtractRun run =
                new ExtractRun(
                        store,
                        request -> shop.open(),
                        new ExtractRun.Settings(1000, 1, Duration.ofMinutes(1)),
                        clock,
                        Tracer.none());
        RunId runId = RunId.create();

        run.run(request("s"), runId, TIME_ENOUGH);

        assertThat(orders(manifest("s", runId)).parts()).hasSize(7);
    }

    @Test
    void aScanMayOnlyFeedTheStreamsThatItNames() {
        shop.strayStream = StreamName.REVIEWS;

        assertThatThrownBy(() -> finish(request("s")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reviews");
    }

    @Test
    void aRunOfAWindowReadsItsDaysInTheShopsZone() {
        RunManifest manifest = finish(window("2026-02-01", "2026-04-01", false));

        assertThat(shop.since).containsExactly(Instant.parse("2026-01-31T22:59:59Z"));
        // Summer time has begun by then.
        assertThat(shop.until).containsExactly(Instant.parse("2026-03-31T22:00:00Z"));
        assertThat(plan(manifest).until()).isEqualTo("2026-04-01");
        assertThat(manifest.full()).isFalse();
        assertThat(manifest.problems()).isEmpty();
        assertThat(manifest.streams())
                .extracting(StreamExtract::stream)
                .containsExactly("orders", "order_items");
    }

    @Test
    void aRunOfAWindowMovesNoWatermarkAndLeavesTheSourcesLeaseAlone() {
        finish(request("s"));
        RunId holder = RunId.create();
        run().run(request("s"), holder, () -> true);
        SourceState before = state("s");
        assertThat(before.lease().runId()).isEqualTo(holder);
        shop.watermark = NEWEST.plusSeconds(60);

        RunManifest manifest = finish(window("2026-01-01", "2026-04-01", false));

        assertThat(state("s")).isEqualTo(before);
        assertThat(orders(manifest).watermarkAfter()).isNull();
        assertThat(orders(manifest).extracted()).isEqualTo(7);
    }

    @Test
    void aRunOfAWindowLeavesNoStateWhereThereWasNone() {
        finish(window("2026-01-01", "2026-04-01", false));

        assertThat(store.read(RunKeys.state("s"))).isEmpty();
    }

    @Test
    void aRunOfAWindowThatIsShortOfTimeOrKilledEndsTheSame() throws Exception {
        for (int writes = 0; ; writes++) {
            ExtractRequest request = window("2026-01-01", "2026-04-01", false);
            RunId runId = RunId.create();
            store.failAfter(writes, writes % 2 == 0);
            boolean killed = false;
            try {
                run().run(request, runId, () -> true);
            } catch (UncheckedIOException e) {
                killed = true;
            }
            store.heal();
            letLeasesRunOut();
            int invocations = 0;
            while (run().run(request, runId, () -> true) instanceof RunResult.ToBeContinued) {
                assertThat(++invocations).isLessThan(20);
            }

            assertWhole(manifest("s", runId));
            assertThat(run().run(request, runId, TIME_ENOUGH))
                    .isEqualTo(new RunResult.AlreadyFinished(manifest("s", runId)));
            if (!killed) {
                assertThat(writes).isGreaterThan(2);
                return;
            }
        }
    }

    @Test
    void listsThatNoWindowCanBeCutOutOfAreReadWhereTheRequestSaysSo() {
        RunManifest manifest = finish(window("2026-01-01", "2026-04-01", true));

        assertThat(manifest.streams())
                .extracting(StreamExtract::stream)
                .containsExactly("orders", "order_items", "sellers");
    }

    @Test
    void aWindowThatIsNoneIsSaidAndNothingIsRead() {
        LocalDate day = LocalDate.parse("2026-02-01");
        for (ExtractRequest wrong :
                List.of(
                        window("2026-02-01", "2026-02-01", false),
                        window("2026-02-02", "2026-02-01", false),
                        new ExtractRequest("s", null, null, null, false, day, false, 0),
                        new ExtractRequest(
                                "s", null, null, day, true, day.plusDays(1), false, 0))) {
            RunManifest manifest = finish(wrong);

            assertThat(manifest.problems())
                    .singleElement()
                    .satisfies(
                            problem -> {
                                assertThat(problem.rule()).isEqualTo("window_wrong");
                                assertThat(problem.message()).contains("until=2026-02-0");
                            });
            assertThat(manifest.streams()).isEmpty();
        }
        assertThat(shop.since).isEmpty();
    }

    private RunPlan plan(RunManifest manifest) {
        String key = RunKeys.plan(manifest.source(), manifest.runId());
        return RunJson.read(store.read(key).orElseThrow(), RunPlan.class);
    }

    private static ExtractRequest window(String since, String until, boolean wholeLists) {
        return ExtractRequest.ofWindow(
                "s", RunId.create(), LocalDate.parse(since), LocalDate.parse(until), wholeLists);
    }

    private ExtractRun run() {
        return run(Duration.ofSeconds(60));
    }

    private ExtractRun run(Duration lease) {
        return new ExtractRun(
                store,
                request -> shop.open(),
                new ExtractRun.Settings(3, 1 << 20, lease),
                clock,
                Tracer.none());
    }

    private void letLeasesRunOut() {
        clock = Clock.offset(clock, Duration.ofSeconds(61));
    }

    private RunManifest finish(ExtractRequest request) {
        RunResult result = run().run(request, RunId.create(), TIME_ENOUGH);
        assertThat(result).isInstanceOf(RunResult.Finished.class);
        return ((RunResult.Finished) result).manifest();
    }

    private static ExtractRequest request(String source) {
        return new ExtractRequest(source, null, null, null, false);
    }

    private RunManifest manifest(String source, RunId runId) {
        return RunJson.read(
                store.read(RunKeys.manifest(source, runId)).orElseThrow(), RunManifest.class);
    }

    private SourceState state(String source) {
        return RunJson.read(store.read(RunKeys.state(source)).orElseThrow(), SourceState.class);
    }

    private static StreamExtract orders(RunManifest manifest) {
        return manifest.streams().getFirst();
    }

    /** The ledger's extracted side balances, and the manifest names exactly the stored parts. */
    private void assertWhole(RunManifest manifest) throws Exception {
        assertThat(manifest.problems()).isEmpty();
        assertThat(orders(manifest).counted()).isEqualTo(7);
        assertThat(rows(orders(manifest)))
                .extracting(row -> row.get("id"))
                .containsExactly("1", "2", "3", "4", "5", "6", "7");
        assertThat(rows(manifest.streams().get(1)))
                .extracting(row -> row.get("id"))
                .containsExactly("2-a", "4-a", "6-a");
        for (StreamExtract stream : manifest.streams()) {
            assertThat(stream.parts()).extracting(RawPart::key).doesNotHaveDuplicates();
            for (RawPart part : stream.parts()) {
                byte[] body = store.read(part.key()).orElseThrow();
                assertThat(part.sha256())
                        .isEqualTo(
                                HexFormat.of()
                                        .formatHex(
                                                MessageDigest.getInstance("SHA-256").digest(body)));
            }
            StreamName canonical = StreamName.ofCanonicalName(stream.stream()).orElseThrow();
            assertThat(store.list(PartId.rawPrefix(manifest.source(), manifest.runId(), canonical)))
                    .hasSameSizeAs(stream.parts());
        }
    }

    private List<Map<String, String>> rows(StreamExtract stream) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (RawPart part : stream.parts()) {
            String csv = new String(store.read(part.key()).orElseThrow(), StandardCharsets.UTF_8);
            for (NamedCsvRecord row : CsvReader.builder().ofNamedCsvRecord(csv)) {
                rows.add(row.getFieldsAsMap());
            }
        }
        return rows;
    }

    private static Problem problem(String rule) {
        return new Problem(null, "shop", null, null, rule, "The shop is away; run it again later.");
    }

    /** Seven orders, every second one with an item, and no seller. */
    private static final class Shop {

        private final List<@Nullable Instant> since = new ArrayList<>();
        private final List<@Nullable Instant> until = new ArrayList<>();
        private @Nullable Instant watermark = NEWEST;
        private int miscount;
        private int awayAtOrder = Integer.MAX_VALUE;
        private boolean closed;
        private @Nullable String configuration;
        private List<Problem> problems = List.of();
        private StreamName strayStream = StreamName.ORDERS;
        private Runnable whileReading = () -> {};

        SourceReader open() throws SourceUnavailableException {
            if (closed) {
                throw new SourceUnavailableException(problem("source_away"), null);
            }
            return new SourceReader() {
                @Override
                public SourceFormat format() {
                    return new SourceFormat(
                            ZoneId.of("Europe/Berlin"),
                            null,
                            null,
                            SourceFormat.DateFormat.iso(),
                            SourceFormat.NumberFormat.plain(),
                            Map.of(),
                            Map.of());
                }

                @Override
                public @Nullable String configuration() {
                    return configuration;
                }

                @Override
                public List<Scan> scans() {
                    return List.of(new Orders(), new Sellers());
                }

                @Override
                public List<Problem> problems() {
                    return problems;
                }

                @Override
                public void close() {}
            };
        }

        private final class Orders implements Scan {
            @Override
            public List<StreamName> streams() {
                return List.of(StreamName.ORDERS, StreamName.ORDER_ITEMS);
            }

            @Override
            public boolean readsWindows() {
                return true;
            }

            @Override
            public ScanResult read(ChangeWindow window, @Nullable String cursor, RowSink sink)
                    throws SourceUnavailableException {
                since.add(window.after());
                until.add(window.before());
                int last = cursor == null ? 0 : Integer.parseInt(cursor);
                for (int order = last + 1; order <= 7; order++) {
                    if (order > awayAtOrder) {
                        throw new SourceUnavailableException(problem("source_away"), null);
                    }
                    String key =
                            sink.archive(
                                    StreamName.ORDERS,
                                    "{\"order\": %d}"
                                            .formatted(order)
                                            .getBytes(StandardCharsets.UTF_8));
                    sink.row(strayStream, row(StreamName.ORDERS, key, "" + order));
                    if (order % 2 == 0) {
                        sink.row(
                                StreamName.ORDER_ITEMS,
                                row(StreamName.ORDER_ITEMS, key, order + "-a"));
                    }
                    if (order == 2) {
                        whileReading.run();
                    }
                    if (!sink.checkpoint("" + order, order / 7.0)) {
                        return new ScanResult(false, Map.of(), null, List.of());
                    }
                }
                return new ScanResult(
                        true, Map.of(StreamName.ORDERS, 7L + miscount), watermark, List.of());
            }
        }

        private static final class Sellers implements Scan {
            @Override
            public List<StreamName> streams() {
                return List.of(StreamName.SELLERS);
            }

            @Override
            public boolean readsWindows() {
                return false;
            }

            @Override
            public ScanResult read(ChangeWindow window, @Nullable String cursor, RowSink sink) {
                assertThat(window.before()).isNull();
                return new ScanResult(true, Map.of(StreamName.SELLERS, 0L), null, List.of());
            }
        }

        private static String[] row(StreamName stream, String position, String id) {
            String[] row = new String[StreamSchema.of(stream).rawHeader().size()];
            Arrays.fill(row, "");
            row[0] = position;
            row[2] = id;
            return row;
        }
    }
}

package io.shopflow.extract.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.core.run.StreamExtract.RawPart;
import io.shopflow.core.source.SourceFormat;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.extract.source.ChangeWindow;
import io.shopflow.extract.source.RowSink;
import io.shopflow.extract.source.Scan;
import io.shopflow.extract.source.SourceReader;
import io.shopflow.lambda.trace.Tracer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two invocations of one run, of which one pauses before a call to the store, for longer than its
 * lease, and then makes the call: before every call, and both before every pair of calls. The
 * source has different rows at each reading, and the two cut them differently.
 */
class FencedRunTest {

    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Instant NEWEST = Instant.parse("2026-03-01T10:00:00Z");
    private static final int ORDERS = 5;

    /** The kind of request. */
    enum Kind {
        RUN(new ExtractRequest("s", null, null, null, false)),
        WINDOW(
                ExtractRequest.ofWindow(
                        "s",
                        RunId.create(),
                        LocalDate.parse("2026-01-01"),
                        LocalDate.parse("2026-04-01"),
                        true));

        private final ExtractRequest request;

        Kind(ExtractRequest request) {
            this.request = request;
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anInvocationThatStoodStillBeforeAnyCallWritesNothingMore(Kind kind) throws Exception {
        int positions = 0;
        for (boolean stood = true; stood; positions++) {
            Case tried = new Case(kind);
            Invocation slow = tried.start(2, positions);
            stood = slow.awaitStandstill();
            tried.letLeasesRunOut();
            tried.start(3, Integer.MAX_VALUE).end();
            Optional<byte[]> manifest = tried.manifest();
            slow.end();

            assertThat(tried.manifest()).as("manifest after position %d", positions).isPresent();
            manifest.ifPresent(
                    first -> assertThat(tried.manifest().orElseThrow()).isEqualTo(first));
            tried.finish();
            tried.assertWhole("slow before call " + positions);
        }
        assertThat(positions).isGreaterThan(20);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void twoInvocationsThatStandStillInTurnsEndAsOne(Kind kind) throws Exception {
        boolean firstStood = true;
        for (int i = 0; firstStood; i++) {
            boolean secondStood = true;
            for (int j = 0; secondStood; j++) {
                Case tried = new Case(kind);
                Invocation first = tried.start(2, i);
                firstStood = first.awaitStandstill();
                tried.letLeasesRunOut();
                Invocation second = tried.start(3, j);
                secondStood = second.awaitStandstill();
                tried.letLeasesRunOut();
                first.end();
                second.end();
                tried.finish();
                tried.assertWhole("first before call %d, second before call %d".formatted(i, j));
            }
        }
    }

    /** A separate run in a separate lake. */
    private static final class Case {

        private final MemoryStore store = new MemoryStore();
        private final Kind kind;
        private final RunId runId = RunId.create();
        private final AtomicInteger readings = new AtomicInteger();
        private volatile Instant now = Instant.parse("2026-03-02T00:00:00Z");

        Case(Kind kind) {
            this.kind = kind;
        }

        void letLeasesRunOut() {
            now = now.plus(LEASE).plusSeconds(1);
        }

        /** Starts an invocation that pauses before a call, counted from 0. */
        Invocation start(int partRows, int standsStillBefore) {
            StandstillStore calls = new StandstillStore(store, standsStillBefore);
            ExtractRun run =
                    new ExtractRun(
                            calls,
                            request -> new Shop(readings.incrementAndGet()),
                            new ExtractRun.Settings(partRows, 1 << 20, LEASE),
                            new Now(this),
                            Tracer.none());
            return new Invocation(
                    calls,
                    CompletableFuture.supplyAsync(
                            () -> run.run(kind.request, runId, () -> false),
                            task -> Thread.ofPlatform().daemon().start(task)));
        }

        /** Like the queue: the request is delivered again until the run has ended. */
        void finish() throws Exception {
            for (int i = 0; i < 3; i++) {
                letLeasesRunOut();
                start(2, Integer.MAX_VALUE).end();
            }
            letLeasesRunOut();
            assertThat(start(2, Integer.MAX_VALUE).end())
                    .isInstanceOf(RunResult.AlreadyFinished.class);
        }

        Optional<byte[]> manifest() {
            return store.read(RunKeys.manifest("s", runId));
        }

        void assertWhole(String position) {
            RunManifest manifest = RunJson.read(manifest().orElseThrow(), RunManifest.class);
            assertThat(manifest.problems()).as(position).isEmpty();
            List<RawPart> parts =
                    manifest.streams().stream().flatMap(stream -> stream.parts().stream()).toList();
            assertThat(ids(manifest.streams().getFirst()))
                    .as(position)
                    .isEqualTo(IntStream.rangeClosed(1, ORDERS).mapToObj(n -> "" + n).toList());
            assertThat(ids(manifest.streams().get(1)))
                    .as(position)
                    .isEqualTo(IntStream.rangeClosed(1, ORDERS).mapToObj(n -> n + "-a").toList());
            assertThat(ids(manifest.streams().get(2))).as(position).isEqualTo(List.of("seller"));
            // The transform gets an event for every put there.
            assertThat(store.putsUnder("raw/", ".csv").keySet())
                    .as(position)
                    .isEqualTo(new TreeSet<>(parts.stream().map(RawPart::key).toList()));
            for (RawPart part : parts) {
                assertThat(store.putsUnder(part.key(), "").get(part.key()))
                        .as(position)
                        .containsExactly(part.sha256());
            }
            if (kind == Kind.RUN) {
                SourceState state =
                        RunJson.read(
                                store.read(RunKeys.state("s")).orElseThrow(), SourceState.class);
                assertThat(state.lease()).as(position).isNull();
                assertThat(state.watermarks()).as(position).containsEntry("orders", NEWEST);
            } else {
                assertThat(store.read(RunKeys.state("s"))).as(position).isEmpty();
            }
        }

        private List<String> ids(StreamExtract stream) {
            List<String> ids = new ArrayList<>();
            for (RawPart part : stream.parts()) {
                String csv =
                        new String(store.read(part.key()).orElseThrow(), StandardCharsets.UTF_8);
                csv.lines().skip(1).map(line -> line.split(",", -1)[2]).forEach(ids::add);
            }
            return ids;
        }
    }

    /** An invocation in progress. */
    private record Invocation(StandstillStore calls, CompletableFuture<RunResult> result) {

        /** Whether it is paused, as opposed to having ended. */
        boolean awaitStandstill() throws Exception {
            CompletableFuture.anyOf(calls.standing, result).get(60, TimeUnit.SECONDS);
            return calls.standing.isDone();
        }

        RunResult end() throws Exception {
            calls.goOn.complete(null);
            return result.get(60, TimeUnit.SECONDS);
        }
    }

    /** The current time of the case. */
    private static final class Now extends Clock {

        private final Case of;

        Now(Case of) {
            this.of = of;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return of.now;
        }
    }

    /** Five orders with an item each, and a seller; a different city for each reading. */
    private record Shop(int reading) implements SourceReader {

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
        public List<Scan> scans() {
            return List.of(
                    new Rows(List.of(StreamName.ORDERS, StreamName.ORDER_ITEMS), ORDERS, reading),
                    new Rows(List.of(StreamName.SELLERS), 1, reading));
        }

        @Override
        public List<Problem> problems() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private record Rows(List<StreamName> streams, int count, int reading) implements Scan {

        @Override
        public boolean readsWindows() {
            return true;
        }

        @Override
        public ScanResult read(ChangeWindow window, @Nullable String cursor, RowSink sink) {
            StreamName primary = streams.getFirst();
            for (int n = cursor == null ? 1 : Integer.parseInt(cursor) + 1; n <= count; n++) {
                String key = sink.archive(primary, new byte[] {(byte) n});
                sink.row(
                        primary,
                        row(primary, key, primary == StreamName.ORDERS ? "" + n : "seller"));
                if (streams.size() > 1) {
                    sink.row(streams.get(1), row(streams.get(1), key, n + "-a"));
                }
                // No checkpoint follows the last page of a list.
                if (n < count) {
                    sink.checkpoint("" + n, (double) n / count);
                }
            }
            return new ScanResult(
                    true,
                    Map.of(primary, (long) count),
                    primary == StreamName.ORDERS ? NEWEST : null,
                    List.of());
        }

        private String[] row(StreamName stream, String position, String id) {
            String[] row = new String[StreamSchema.of(stream).rawHeader().size()];
            Arrays.fill(row, "reading " + reading);
            row[0] = position;
            row[1] = "";
            row[2] = id;
            return row;
        }
    }

    /** Counts the calls of one invocation, and waits before one of them. */
    private static final class StandstillStore extends ForwardingStore {

        private final AtomicInteger calls = new AtomicInteger();
        private final int standsStillBefore;
        private final CompletableFuture<Void> standing = new CompletableFuture<>();
        private final CompletableFuture<Void> goOn = new CompletableFuture<>();

        StandstillStore(ObjectStore store, int standsStillBefore) {
            super(store);
            this.standsStillBefore = standsStillBefore;
        }

        @Override
        void beforeEach() {
            if (calls.getAndIncrement() == standsStillBefore) {
                standing.complete(null);
                goOn.join();
            }
        }
    }
}

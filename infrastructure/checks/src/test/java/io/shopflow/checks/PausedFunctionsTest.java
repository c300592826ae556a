package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.checks.PausingProxy.Stop;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunKeys;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.folder.ProcessRecord;
import io.shopflow.laptop.queues.Queues;
import io.shopflow.laptop.servers.LocalQueues;
import io.shopflow.laptop.supervisor.Schedule;
import io.shopflow.laptop.supervisor.Stack;
import io.shopflow.laptop.supervisor.StackSettings;
import io.shopflow.laptop.supervisor.StackSettings.Conditions;
import io.shopflow.ledger.Run;
import io.shopflow.shop.api.ShopServer;
import io.shopflow.shop.export.CsvExport;
import io.shopflow.shop.world.Shop;
import io.shopflow.shop.world.ShopPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pauses processes of functions during their work, for longer than the lease, the visibility
 * timeout and PostgreSQL's timeout of idle transactions, and lets them continue: the warehouse and
 * the ledgers end as after a quiet run, and do not change once the run is closed.
 *
 * <p>Twenty schedules; {@code infrastructure/checks/pauses} tries 200, or repeats one by its seed.
 */
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PausedFunctionsTest {

    private static final int SCHEDULES = Integer.getInteger("shopflow.pauses.schedules", 20);
    private static final int DRAWS = 3;
    private static final long FIRST_SEED = Long.getLong("shopflow.pauses.seed", 1);

    private static final Path HOME = Path.of(System.getProperty("shopflow.home"));
    private static final Duration LEASE =
            Duration.ofSeconds(Integer.getInteger("shopflow.pauses.lease", 2));
    private static final Duration VISIBILITY = LEASE;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** The functions to pause, and the server at which they are paused. */
    private static final List<String[]> PLACES =
            List.of(
                    new String[] {"extract", "S3"},
                    new String[] {"transform", "S3"},
                    new String[] {"load", "S3"},
                    new String[] {"load", "PostgreSQL"});

    private final PausingProxy s3 = new PausingProxy("S3");
    private final PausingProxy postgres = new PausingProxy("PostgreSQL");
    private DataFolder folder;
    private Path files;
    private ShopServer shop;
    private Stack stack;
    private Queues queues;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException, SQLException {
        files = temporary.resolve("files");
        CsvExport.write(new CsvExport.Request(30, 12, 60, 7, files, 3));
        shop =
                ShopServer.start(
                        0,
                        Shop.open(
                                ShopPlan.of(
                                        7,
                                        30,
                                        12,
                                        60,
                                        Instant.now().minus(Duration.ofDays(1)),
                                        Duration.ZERO),
                                InstantSource.system()));
        folder = DataFolder.at(temporary.resolve("data"));
        Conditions conditions =
                new Conditions(
                        VISIBILITY,
                        1000,
                        OptionalInt.of(2),
                        Map.of("S3", s3.endpoint(), "PostgreSQL", postgres.endpoint()),
                        Map.of(
                                "SHOPFLOW_EXTRACT_LEASE", LEASE.toString(),
                                "SHOPFLOW_EXTRACT_PART_ROWS", "25",
                                "SHOPFLOW_EXTRACT_RETRY_DELAY", "PT1S"));
        stack =
                new Stack(
                        StackSettings.everything(HOME, folder)
                                .withoutDemo()
                                .withoutDashboard()
                                .under(conditions),
                        Schedule.none(),
                        line -> {});
        // Migrate, which start() waits for, goes through the proxy too.
        Thread.ofPlatform().daemon().start(this::connectProxies);
        stack.start();
        queues =
                new Queues(LocalQueues.endpoint(folder.queues(), folder.record().ports().queues()));
        limitTransactions();
    }

    /** Like the database in the cloud, which does so after 15 minutes. */
    private void limitTransactions() throws SQLException {
        try (Connection database = database();
                Statement statement = database.createStatement()) {
            statement.execute(
                    "alter role shopflow_loader set idle_in_transaction_session_timeout = '%d ms'"
                            .formatted(LEASE.toMillis()));
        }
    }

    private void connectProxies() {
        await("the servers have ports", () -> folder.record().ports().postgres() != 0);
        s3.connect(folder.record().ports().s3(), this::functions);
        postgres.connect(folder.record().ports().postgres(), this::functions);
    }

    private List<ProcessRecord> functions() {
        return folder.record().children();
    }

    @AfterAll
    void stop() throws IOException {
        if (queues != null) {
            queues.close();
        }
        // A paused process does not end.
        s3.close();
        postgres.close();
        stack.close();
        shop.close();
    }

    @Test
    void aFunctionThatStandsStillAndContinuesChangesNothing() throws Exception {
        Map<Kind, Quiet> quiet = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            // The first run of each starts processes, and is slower than what follows.
            run(kind, "warm_" + kind.prefix, List.of());
            Map<String, List<String>> contents = run(kind, "quiet_" + kind.prefix, List.of());
            Map<String, Integer> sent = new TreeMap<>();
            for (String[] place : PLACES) {
                sent.put(String.join(" ", place), proxy(place[1]).sentBy(place[0]));
            }
            quiet.put(kind, new Quiet(contents, sent));
            assertThat(contents.get("warehouse.fact_orders")).hasSizeGreaterThan(30);
            assertThat(sent.values()).allMatch(pieces -> pieces > 0);
        }
        int stopped = 0;
        int withoutStop = 0;
        List<String> failures = new ArrayList<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
            Random random = new Random(seed);
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            List<Stop> stops = List.of();
            try {
                int fired = 0;
                // A function may end before it reaches the drawn position.
                for (int draw = 1; draw <= DRAWS && fired == 0; draw++) {
                    stops = stops(random, quiet.get(kind).sent());
                    String source = "paused_%d_%d".formatted(seed, draw);
                    Map<String, List<String>> contents = run(kind, source, stops);
                    fired = s3.stopped() + postgres.stopped();
                    System.out.printf("seed %d: %s, %d of %s%n", seed, kind, fired, stops);
                    assertThat(WarehouseContents.differences(quiet.get(kind).contents(), contents))
                            .isEmpty();
                }
                stopped += fired;
                if (fired == 0) {
                    withoutStop++;
                }
            } catch (AssertionError e) {
                failures.add("seed %d, %s, %s: %s".formatted(seed, kind, stops, e.getMessage()));
            }
        }
        System.out.printf(
                "%d schedules, %d processes stopped, %d schedules without a stop, %d failures%n",
                SCHEDULES, stopped, withoutStop, failures.size());
        assertThat(failures).isEmpty();
        assertThat(withoutStop).isLessThanOrEqualTo(SCHEDULES / 10);
    }

    private static List<Stop> stops(Random random, Map<String, Integer> sent) {
        List<Stop> stops = new ArrayList<>();
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            String[] place = PLACES.get(random.nextInt(PLACES.size()));
            stops.add(
                    new Stop(
                            place[0],
                            place[1],
                            random.nextInt(sent.get(String.join(" ", place))),
                            random.nextBoolean(),
                            LEASE.plusMillis(500 + random.nextInt(1500))));
        }
        return stops;
    }

    /** Runs a new source to the end of all events, and returns the contents of the warehouse. */
    private Map<String, List<String>> run(Kind kind, String source, List<Stop> stops)
            throws SQLException, IOException {
        stack.clients()
                .lake()
                .put(
                        RunKeys.sourceConfiguration(source),
                        configuration(kind).getBytes(StandardCharsets.UTF_8),
                        "application/yaml",
                        Map.of());
        RunId runId = RunId.create();
        s3.begin(stops);
        postgres.begin(stops);
        stack.clients().requests().submit(request(kind, source, runId));
        await(source + " is closed", () -> isClosed(runId));
        try (Connection database = database()) {
            Map<String, List<String>> closed = WarehouseContents.of(database, source);
            await(
                    source + " is quiet",
                    () ->
                            !s3.isStanding()
                                    && !postgres.isStanding()
                                    && Queues.NAMES.stream().allMatch(this::isEmpty));
            assertThat(
                            WarehouseContents.differences(
                                    closed, WarehouseContents.of(database, source)))
                    .as("what changed after the run was closed")
                    .isEmpty();
            return closed;
        }
    }

    private boolean isClosed(RunId runId) {
        return stack.clients()
                .database()
                .read(ledger -> ledger.run(runId))
                .filter(Run::closed)
                .isPresent();
    }

    private boolean isEmpty(String queue) {
        Queues.Depth depth = queues.depth(queue);
        return depth.waiting() == 0 && depth.inFlight() == 0;
    }

    private ExtractRequest request(Kind kind, String source, RunId runId) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return switch (kind) {
            case FILES -> new ExtractRequest(source, runId, files.toString(), null, false);
            case SHOP -> new ExtractRequest(source, runId, null, null, false);
            case WINDOW ->
                    ExtractRequest.ofWindow(
                            source, runId, today.minusYears(3), today.plusDays(1), true);
        };
    }

    private String configuration(Kind kind) throws IOException {
        return switch (kind) {
            case FILES -> Files.readString(HOME.resolve("sources/generated.yaml"));
            case SHOP, WINDOW ->
                    """
                    kind: woocommerce
                    url: %s
                    key: %s
                    secret: %s
                    page_size: 10
                    """
                            .formatted(shop.uri(), ShopServer.READ_KEY, ShopServer.CONSUMER_SECRET);
        };
    }

    private PausingProxy proxy(String server) {
        return server.equals("S3") ? s3 : postgres;
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/shopflow"
                        .formatted(folder.record().ports().postgres()),
                "postgres",
                "postgres");
    }

    private static void await(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** The kind of source. */
    private enum Kind {
        /** Each file feeds one stream. */
        FILES("files"),
        /** An order feeds four. */
        SHOP("shop"),
        /** Like a backfill's window of a shop: without the source's lease. */
        WINDOW("window");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** An undisturbed run. */
    private record Quiet(Map<String, List<String>> contents, Map<String, Integer> sent) {}
}

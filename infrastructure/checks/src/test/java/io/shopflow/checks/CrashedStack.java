package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.checks.DisturbedProcesses.Quiet;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunKeys;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.folder.ProcessRecord;
import io.shopflow.laptop.queues.Queues;
import io.shopflow.laptop.runs.RunDatabase.DatabaseUnavailableException;
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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A stack whose functions and servers are disturbed while they work on small runs, two processes of
 * each function at a time. Its leases and visibility timeouts are short.
 */
final class CrashedStack implements AutoCloseable {

    static final Duration LEASE =
            Duration.ofSeconds(Integer.getInteger("shopflow.crashes.lease", 2));

    private static final Path HOME = Path.of(System.getProperty("shopflow.home"));
    private static final List<String> SERVERS = List.of("PostgreSQL", "S3");
    private static final Duration LOOK = Duration.ofMillis(50);

    /**
     * A run that sends nothing for so many looks hangs, however slow the machine is: messages that
     * failed are delivered again much earlier.
     */
    private static final long STANDSTILL_LOOKS = Duration.ofMinutes(4).dividedBy(LOOK);

    /** A run that sends so many times what a quiet one sends will never end. */
    private static final int ENDLESS = 200;

    private final DisturbedProcesses processes = new DisturbedProcesses(this::children);
    private final FunctionsProxy s3 = new FunctionsProxy("S3", processes);
    private final FunctionsProxy postgres = new FunctionsProxy("PostgreSQL", processes);
    private final ScatteredEvents events = new ScatteredEvents();
    private final Map<Kind, QuietRun> quietRuns = new EnumMap<>(Kind.class);
    private final DataFolder folder;
    private final Path files;
    private final Path formerFiles;
    private final Path changedFiles;
    private final ShopServer shop;
    private final Stack stack;

    /** What a run reads. */
    enum Kind {
        /** Each file feeds one stream. */
        FILES,
        /** The same of a source that had other files before: rows are new, changed and deleted. */
        CHANGED_FILES,
        /** An order feeds four streams. */
        SHOP,
        /** Like a backfill's window of a shop: without the source's lease. */
        WINDOW;

        private String prefix() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An undisturbed run. */
    private record QuietRun(Map<String, List<String>> contents, Quiet counts) {}

    /**
     * What came of a disturbed run.
     *
     * @param done disturbances
     * @param pauses among these
     */
    record Result(int done, int pauses) {}

    /** Starts a stack in a folder. */
    CrashedStack(Path temporary) throws IOException, SQLException {
        files = temporary.resolve("files");
        CsvExport.write(new CsvExport.Request(30, 12, 60, 7, files, 3));
        // A row without a readable id would keep rows from being taken for deleted.
        formerFiles = temporary.resolve("former");
        CsvExport.write(new CsvExport.Request(30, 12, 60, 7, formerFiles, 0));
        changedFiles = temporary.resolve("changed");
        writeChangedFiles();
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
                        LEASE,
                        1000,
                        OptionalInt.of(2),
                        Map.of(
                                "S3", s3.endpoint(),
                                "PostgreSQL", postgres.endpoint(),
                                "SQS", events.endpoint()),
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
        limitTransactions();
    }

    /** Other prices, towns and states; lines and orders that are new, and some that are gone. */
    private void writeChangedFiles() throws IOException {
        CsvExport.write(new CsvExport.Request(33, 12, 66, 7, changedFiles, 0));
        for (String name : List.of("customers.csv", "products.csv", "transactions.csv")) {
            Path file = changedFiles.resolve(name);
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            lines.remove(5);
            Files.write(file, lines);
        }
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
        while (folder.record().ports().postgres() == 0) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
        s3.connect(folder.record().ports().s3());
        postgres.connect(folder.record().ports().postgres());
        events.connect(folder.record().ports().queues());
    }

    private List<ProcessRecord> children() {
        return folder.record().children();
    }

    /** Runs each kind undisturbed, as the measure of the others. */
    void learn() {
        // The first run starts processes, and is slower than what follows.
        run(CrashSchedule.quiet(Kind.FILES), "warm", null);
        for (Kind kind : Kind.values()) {
            Map<String, List<String>> contents =
                    run(CrashSchedule.quiet(kind), "quiet_" + kind.prefix(), null);
            quietRuns.put(kind, new QuietRun(contents, processes.sinceBeginning()));
            assertThat(contents.get("warehouse.fact_orders")).hasSizeGreaterThan(30);
            assertThat(contents.get("marts.sales_orders")).hasSizeGreaterThan(30);
            assertThat(contents.get("etl.run_ledger"))
                    .isNotEmpty()
                    .allMatch(stream -> stream.endsWith("|t"), "is balanced");
        }
    }

    /**
     * Runs a new source under a schedule.
     *
     * @throws AssertionError if anything differs from a quiet run
     */
    Result disturb(CrashSchedule schedule, String source) {
        QuietRun quiet = quietRuns.get(schedule.kind());
        if (quiet == null) {
            throw new IllegalStateException("no quiet run was made");
        }
        Map<String, List<String>> contents = run(schedule, source, quiet);
        assertThat(WarehouseContents.differences(quiet.contents(), contents))
                .as("what differs from a quiet run")
                .isEmpty();
        for (String queue : Queues.NAMES) {
            assertThat(queues().depth(Queues.deadLetters(queue)).waiting())
                    .as("dead letters of " + queue)
                    .isZero();
        }
        return new Result(processes.done(), processes.pauses());
    }

    /**
     * Runs a new source to the end of all events, and returns the contents of the warehouse.
     *
     * @param quiet null if the run is a quiet one itself
     */
    private Map<String, List<String>> run(
            CrashSchedule schedule, String source, @Nullable QuietRun quiet) {
        configure(schedule.kind(), source);
        events.begin(OptionalLong.empty());
        if (schedule.kind() == Kind.CHANGED_FILES) {
            ExtractRequest before = ofFiles(formerFiles, source, RunId.create());
            processes.begin(List.of(), new Quiet(Map.of(), Duration.ZERO));
            stack.clients().requests().submit(before);
            awaitQuietness(before, "the run before " + source, quiet);
        }
        ExtractRequest request = request(schedule.kind(), source, RunId.create());
        processes.begin(
                schedule.disturbances(),
                quiet == null ? new Quiet(Map.of(), Duration.ZERO) : quiet.counts());
        events.begin(schedule.events());
        stack.clients().requests().submit(request);
        if (quiet != null) {
            schedule.events()
                    .ifPresent(
                            seed ->
                                    processes.after(
                                            (seed >>> 1) / (double) Long.MAX_VALUE,
                                            quiet.counts(),
                                            () -> stack.clients().requests().repeat(request)));
        }
        await(source + " is closed", quiet, () -> isClosed(request));
        Map<String, List<String>> closed = contents(source, quiet);
        awaitQuietness(request, source, quiet);
        assertThat(WarehouseContents.differences(closed, contents(source, quiet)))
                .as("what changed after the run was closed")
                .isEmpty();
        return closed;
    }

    private void awaitQuietness(ExtractRequest request, String source, @Nullable QuietRun quiet) {
        await(source + " is closed", quiet, () -> isClosed(request));
        processes.end();
        await(
                source + " is quiet",
                quiet,
                () ->
                        !processes.disturbing()
                                && SERVERS.stream().allMatch(this::answers)
                                && events.delivered()
                                && Queues.NAMES.stream().allMatch(this::isEmpty));
    }

    private Map<String, List<String>> contents(String source, @Nullable QuietRun quiet) {
        List<Map<String, List<String>>> contents = new ArrayList<>();
        await(
                "PostgreSQL answers",
                quiet,
                () -> {
                    Optional<Map<String, List<String>>> read = contents(source);
                    read.ifPresent(contents::add);
                    return read.isPresent();
                });
        return contents.getFirst();
    }

    /** All tables as of one moment; empty while PostgreSQL restarts. */
    private Optional<Map<String, List<String>>> contents(String source) {
        if (!answers("PostgreSQL")) {
            return Optional.empty();
        }
        try (Connection database = database()) {
            database.setAutoCommit(false);
            database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return Optional.of(WarehouseContents.of(database, source));
        } catch (SQLException e) {
            // Classes 08 and 57: the connection was lost, and the server starts or stops.
            if (e.getSQLState() != null
                    && (e.getSQLState().startsWith("08") || e.getSQLState().startsWith("57"))) {
                return Optional.empty();
            }
            throw new AssertionError(e);
        }
    }

    private boolean isClosed(ExtractRequest request) {
        RunId runId = request.runId();
        if (runId == null) {
            throw new IllegalArgumentException("each run here has an id");
        }
        try {
            return stack.clients()
                    .database()
                    .read(ledger -> ledger.run(runId))
                    .filter(Run::closed)
                    .isPresent();
        } catch (DatabaseUnavailableException e) {
            // It restarts.
            return false;
        }
    }

    private boolean answers(String server) {
        int port =
                server.equals("S3")
                        ? folder.record().ports().s3()
                        : folder.record().ports().postgres();
        if (children().stream()
                .noneMatch(child -> child.name().equals(server) && child.running().isPresent())) {
            return false;
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isEmpty(String queue) {
        Queues.Depth depth = queues().depth(queue);
        return depth.waiting() == 0 && depth.inFlight() == 0;
    }

    private Queues queues() {
        return stack.clients().queues();
    }

    private void configure(Kind kind, String source) {
        stack.clients()
                .lake()
                .put(
                        RunKeys.sourceConfiguration(source),
                        configuration(kind).getBytes(StandardCharsets.UTF_8),
                        "application/yaml",
                        Map.of());
    }

    private ExtractRequest request(Kind kind, String source, RunId runId) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return switch (kind) {
            case FILES -> ofFiles(files, source, runId);
            case CHANGED_FILES -> ofFiles(changedFiles, source, runId);
            case SHOP -> new ExtractRequest(source, runId, null, null, false);
            case WINDOW ->
                    ExtractRequest.ofWindow(
                            source, runId, today.minusYears(3), today.plusDays(1), true);
        };
    }

    private static ExtractRequest ofFiles(Path folder, String source, RunId runId) {
        return new ExtractRequest(source, runId, folder.toString(), null, false);
    }

    private String configuration(Kind kind) {
        return switch (kind) {
            case FILES -> generated();
            case CHANGED_FILES ->
                    generated()
                            .replaceAll(
                                    "(?m)^( +)(file: .*)$",
                                    "$1$2\n$1whole: true\n$1gone_percent: 70");
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

    private static String generated() {
        try {
            return Files.readString(HOME.resolve("sources/generated.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/shopflow"
                        .formatted(folder.record().ports().postgres()),
                "postgres",
                "postgres");
    }

    /** Waits as long as the run makes progress: a limit of time would fail on a busy machine. */
    private void await(String what, @Nullable QuietRun quiet, BooleanSupplier holds) {
        long most =
                quiet == null
                        ? Long.MAX_VALUE
                        : ENDLESS
                                * quiet.counts().pieces().values().stream()
                                        .mapToLong(Integer::longValue)
                                        .sum();
        long before = processes.traffic();
        long idleLooks = 0;
        while (!holds.getAsBoolean()) {
            long now = processes.traffic();
            idleLooks = now == before ? idleLooks + 1 : 0;
            before = now;
            if (idleLooks > STANDSTILL_LOOKS) {
                throw new AssertionError("nothing is sent any more, and never: " + what);
            }
            if (now > most) {
                throw new AssertionError("it does not end: " + what);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    @Override
    public void close() {
        // A paused process does not end.
        processes.close();
        stack.close();
        try {
            s3.close();
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        events.close();
        shop.close();
    }
}

package io.shopflow.laptop.supervisor;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.folder.StackException;
import io.shopflow.laptop.folder.StackRecord.Ports;
import io.shopflow.laptop.folder.StackSecrets;
import io.shopflow.laptop.queues.EventSourceMapping;
import io.shopflow.laptop.queues.FailedEvent;
import io.shopflow.laptop.queues.FailureJournal;
import io.shopflow.laptop.queues.Queues;
import io.shopflow.laptop.queues.RecordedQueues;
import io.shopflow.laptop.runs.RunDatabase;
import io.shopflow.laptop.runs.RunDatabase.DatabaseUnavailableException;
import io.shopflow.laptop.runs.RunFollower;
import io.shopflow.laptop.runs.RunRequests;
import io.shopflow.laptop.runs.SourceConfigurations;
import io.shopflow.laptop.runs.SourceState;
import io.shopflow.laptop.runtime.FunctionPackage;
import io.shopflow.laptop.runtime.InvocationResult;
import io.shopflow.laptop.runtime.LocalFunction;
import io.shopflow.laptop.servers.AwsCalls;
import io.shopflow.laptop.servers.LocalPorts;
import io.shopflow.laptop.servers.LocalPostgres;
import io.shopflow.laptop.servers.LocalQueues;
import io.shopflow.laptop.servers.LocalS3;
import io.shopflow.laptop.servers.LocalSecrets;
import io.shopflow.laptop.supervisor.StackParts.Layer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The whole stack in one data folder. It starts its parts in order, resumes interrupted runs,
 * restarts processes that die, and leaves no process behind when it is closed.
 */
public final class Stack implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Stack.class);
    private static final Duration PORT_PATIENCE = Duration.ofSeconds(5);
    private static final Duration WATCH = Duration.ofSeconds(1);
    private static final String STOPPED = "The stack was stopped while it started.";

    private final StackSettings settings;
    private final Schedule schedule;
    private final Consumer<String> announcements;
    private final DataFolder folder;
    private final AwsCalls calls;
    private final StackParts parts = new StackParts();
    private final Map<String, LocalFunction> functions = new ConcurrentHashMap<>();
    private final FailureNews failures = new FailureNews();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Running running;

    /** The parts that exist once the servers run. */
    private record Running(
            Ports ports,
            StackFile file,
            ObjectStore lake,
            Queues queues,
            RunDatabase database,
            FailureJournal failures,
            RunRequests requests) {}

    /**
     * A stack that is not started yet.
     *
     * @param announcements receives lines for the user
     */
    public Stack(StackSettings settings, Schedule schedule, Consumer<String> announcements) {
        this.settings = settings;
        this.schedule = schedule;
        this.announcements = announcements;
        this.folder = settings.folder();
        this.calls = new AwsCalls(folder.awsCalls());
    }

    /**
     * Starts a stack and returns when it is migrated, reads its queues, and its dashboard answers.
     */
    public static Stack start(
            StackSettings settings, Schedule schedule, Consumer<String> announcements) {
        Stack stack = new Stack(settings, schedule, announcements);
        stack.start();
        return stack;
    }

    /**
     * Starts all parts; on a failure, stops those already started.
     *
     * @throws StackException if the user can fix the failure
     */
    public void start() {
        try {
            startAll();
        } catch (StackParts.StoppingException e) {
            throw new StackException(STOPPED, e);
        } catch (CompletionException e) {
            close();
            if (e.getCause() instanceof StackParts.StoppingException) {
                throw new StackException(STOPPED, e);
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new StackException("The stack was interrupted while it started.", e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void startAll() throws InterruptedException {
        folder.prepare();
        parts.add(
                Layer.FOLDER,
                folder.tryHold()
                        .orElseThrow(
                                () ->
                                        new StackException(
                                                "A stack is already up in %s. Stop it with ./shopflow down%s, or name another folder with --data."
                                                        .formatted(folder.root(), dataOption()))));
        Ports remembered = folder.record().ports();
        StackFile file = parts.add(Layer.RECORD, StackFile.open(folder, remembered));
        Ports ports = choosePorts(remembered);
        file.ports(ports);

        Running now = startServers(ports, file);
        running = now;
        Deployment deployment = deploy(now);
        // It starts slowly; if the schema exists, it need not wait for migrate.
        DashboardProcess dashboard =
                settings.dashboard() && now.database().migrated()
                        ? launchDashboard(now, deployment)
                        : null;
        migrate();
        now.failures().forget(now.requests().pending().stream().flatMap(Stack::runId).toList());
        List<RunId> resumed = resumption(now).resume();
        if (!resumed.isEmpty()) {
            announcements.accept(
                    "  continuing %d interrupted %s"
                            .formatted(resumed.size(), resumed.size() == 1 ? "run" : "runs"));
        }
        Deployment.mappings(settings.conditions())
                .forEach((function, mapping) -> startMapping(now, function, mapping));
        Thread.ofPlatform().daemon().name("closed runs").start(this::watchRuns);
        if (settings.demo()) {
            extractDemo(now);
        }
        if (settings.dashboard()) {
            awaitDashboard(dashboard == null ? launchDashboard(now, deployment) : dashboard);
        }
        if (settings.demo()) {
            awaitFirstExtraction(now);
            scheduleDemo(now);
        }
        Deployment.mappings(settings.conditions())
                .keySet()
                .forEach(function -> function(function).provision());
        file.ready();
    }

    private static java.util.stream.Stream<RunId> runId(ExtractRequest request) {
        return Optional.ofNullable(request.runId()).stream();
    }

    /** The dashboard's address; empty if the stack has none. */
    public Optional<URI> dashboard() {
        return settings.dashboard()
                ? Optional.of(URI.create("http://localhost:" + running().ports().dashboard()))
                : Optional.empty();
    }

    /** Follows runs of this stack. */
    public RunFollower follower() {
        Running now = running();
        return new RunFollower(
                now.lake(), now.database(), now.failures(), now.requests(), this::isUp);
    }

    /** Requests runs of this stack. */
    public RunRequests requests() {
        return running().requests();
    }

    /** The bucket of this stack. */
    public ObjectStore lake() {
        return running().lake();
    }

    /** The warehouse of this stack. */
    public RunDatabase database() {
        return running().database();
    }

    /** Whether it has neither stopped nor failed. */
    public boolean isUp() {
        return !parts.isClosed();
    }

    /** Waits until it is stopped. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /** Stops all parts; returns when no process is left. */
    @Override
    public void close() {
        parts.close();
        stopped.countDown();
    }

    private Ports choosePorts(Ports remembered) {
        int dashboard = remembered.dashboard();
        if (settings.dashboard()) {
            int wanted =
                    settings.dashboardPort()
                            .orElse(
                                    dashboard == 0
                                            ? StackSettings.DEFAULT_DASHBOARD_PORT
                                            : dashboard);
            dashboard = wanted == 0 ? LocalPorts.free() : wanted;
            if (LocalPorts.freeOrOther(dashboard, Duration.ofSeconds(2)) != dashboard) {
                throw new StackException(
                        "Port %d, wanted for the dashboard, is taken by another program. Choose another with --port, or --port 0 for any that is free."
                                .formatted(dashboard));
            }
        }
        return new Ports(
                // Our own orphan may still use the port; PostgreSQL's start stops it.
                remembered.postgres() == 0 ? LocalPorts.free() : remembered.postgres(),
                LocalPorts.freeOrOther(remembered.s3(), PORT_PATIENCE),
                LocalPorts.freeOrOther(remembered.queues(), PORT_PATIENCE),
                LocalPorts.freeOrOther(remembered.shop(), Duration.ZERO),
                dashboard);
    }

    private Running startServers(Ports ports, StackFile file) throws InterruptedException {
        long begin = System.nanoTime();
        CompletableFuture<SupervisedServer<LocalPostgres>> postgres =
                parts.startAsync(Layer.SERVERS, () -> postgres(ports, file));
        CompletableFuture<SupervisedServer<LocalQueues>> queueServer =
                parts.startAsync(Layer.SERVERS, () -> queueServer(ports, file));
        URI queueEndpoint = LocalQueues.endpoint(folder.queues(), ports.queues());
        CompletableFuture<SupervisedServer<LocalS3>> s3 =
                parts.startAsync(Layer.SERVERS, () -> s3Server(ports, queueEndpoint, file));
        // Their creation takes time and need not wait for the servers.
        LakeClient lake =
                parts.add(
                        Layer.CLIENTS,
                        LakeClient.connect(
                                URI.create("http://127.0.0.1:" + ports.s3()),
                                StackSecrets.accessSecret(folder)));
        Queues queues = parts.add(Layer.CLIENTS, new Queues(queueEndpoint));
        WaitingLine.during(
                "PostgreSQL, S3 and the queues to answer",
                announcements,
                () -> CompletableFuture.allOf(postgres, queueServer, s3).join());
        LocalPostgres database = postgres.join().current();
        announcements.accept(
                "  PostgreSQL, S3 and the queues run (%s)".formatted(secondsSince(begin)));

        RunDatabase runs =
                parts.add(
                        Layer.CLIENTS,
                        new RunDatabase(database.jdbcUrl(), database.user(), database.password()));
        SourceConfigurations.of(settings.home(), folder).upload(lake.store());
        Ports actual =
                new Ports(
                        database.port(),
                        ports.s3(),
                        ports.queues(),
                        ports.shop(),
                        ports.dashboard());
        file.ports(actual);
        return new Running(
                actual,
                file,
                lake.store(),
                queues,
                runs,
                new FailureJournal(folder.logs().resolve("failed-events.jsonl")),
                new RunRequests(folder, queues));
    }

    private SupervisedServer<LocalPostgres> postgres(Ports ports, StackFile file) {
        return SupervisedServer.start(
                "PostgreSQL",
                ports.postgres(),
                port -> {
                    LocalPostgres server = startPostgres(port);
                    file.server("PostgreSQL", server.pid());
                    return server;
                },
                LocalPostgres::isAlive,
                () -> restarted("PostgreSQL"));
    }

    private LocalPostgres startPostgres(int port) {
        try {
            return LocalPostgres.start(folder.postgres(), port);
        } catch (RuntimeException e) {
            if (running != null || LocalPorts.isFree(port)) {
                throw e;
            }
            // Another program took the stored port, which only the stack itself uses.
            return LocalPostgres.start(folder.postgres(), 0);
        }
    }

    private SupervisedServer<LocalQueues> queueServer(Ports ports, StackFile file) {
        return SupervisedServer.start(
                "the queue server",
                ports.queues(),
                port -> {
                    LocalQueues server =
                            LocalQueues.start(
                                    folder.queues(),
                                    port,
                                    Deployment.queues(settings.conditions()));
                    file.server("queues", server.pid());
                    return server;
                },
                LocalQueues::isAlive,
                () -> restarted("the queue server"));
    }

    private SupervisedServer<LocalS3> s3Server(Ports ports, URI queueEndpoint, StackFile file) {
        return SupervisedServer.start(
                "the S3 server",
                ports.s3(),
                port -> {
                    LocalS3 server =
                            LocalS3.start(
                                    folder.s3(),
                                    port,
                                    Deployment.BUCKET,
                                    Deployment.notifications(queueEndpoint),
                                    Optional.of(folder.awsCalls()),
                                    Optional.of(Deployment.keys(folder)));
                    file.server("S3", server.pid());
                    return server;
                },
                LocalS3::isAlive,
                () -> restarted("the S3 server"));
    }

    private void restarted(String name) {
        announcements.accept("%s had died and was started again".formatted(name));
        Running now = running;
        if (now == null) {
            return;
        }
        try {
            // Messages that it had delivered but that were not deleted would stay hidden for long.
            resumption(now).resume();
        } catch (DatabaseUnavailableException | UncheckedIOException | SdkException e) {
            LOG.debug("another server is away; its own restart resumes", e);
        }
    }

    private Deployment deploy(Running now) {
        Map<String, String> shop = Map.of();
        if (settings.demo()) {
            DemoShop demo = parts.add(Layer.WORKERS, DemoShop.start(folder, now.ports().shop()));
            shop = demo.variables();
        }
        Deployment deployment =
                Deployment.of(
                        folder,
                        now.ports(),
                        parts.add(
                                        Layer.CLIENTS,
                                        RecordedQueues.start(
                                                LocalQueues.endpoint(
                                                        folder.queues(), now.ports().queues()),
                                                Deployment.callers(folder),
                                                calls))
                                .endpoint(),
                        parts.add(
                                Layer.CLIENTS,
                                LocalSecrets.start(
                                        Deployment.callers(folder),
                                        (function, secret) ->
                                                calls.add(function, AwsCalls.READ_SECRET, secret))),
                        shop,
                        settings.conditions());
        for (String name : Deployment.FUNCTIONS) {
            functions.put(
                    name,
                    parts.add(
                            Layer.WORKERS,
                            new LocalFunction(
                                    deployment.function(name),
                                    functionPackage(name),
                                    folder.functions(),
                                    Logs.rotated(folder, name),
                                    now.file())));
        }
        return deployment;
    }

    private FunctionPackage functionPackage(String name) {
        return FunctionPackage.locate(
                settings.home(), name, settings.home().resolve("target/functions"));
    }

    private LocalFunction function(String name) {
        LocalFunction function = functions.get(name);
        if (function == null) {
            throw new IllegalStateException("no such function: " + name);
        }
        return function;
    }

    private void migrate() throws InterruptedException {
        long begin = System.nanoTime();
        LocalFunction migrate = function("migrate");
        InvocationResult result =
                WaitingLine.during(
                        "the schema to be migrated; its log is "
                                + folder.logs().resolve("migrate.log"),
                        announcements,
                        () -> migrate.invoke("{}"));
        // The next migration is at the next start.
        migrate.endProcesses();
        if (result instanceof InvocationResult.Failed(String type, String message)) {
            parts.checkOpen();
            throw new StackException(
                    "The database could not be migrated (%s: %s). Its log is %s."
                            .formatted(type, message, folder.logs().resolve("migrate.log")));
        }
        announcements.accept("  the schema is up to date (%s)".formatted(secondsSince(begin)));
    }

    private void startMapping(Running now, String function, EventSourceMapping.Settings mapping) {
        // Lambda reads the queue on the function's behalf, with the function's role.
        for (String action : List.of("ReceiveMessage", "DeleteMessage", "GetQueueAttributes")) {
            calls.add(function, "sqs:" + action, mapping.queue());
        }
        parts.add(
                Layer.EVENTS,
                EventSourceMapping.start(
                        mapping, now.queues(), function(function), now.failures(), this::failed));
    }

    private void failed(FailedEvent event) {
        if (event.givenUp()) {
            RunId runId = event.runId();
            if (runId != null && event.function().equals("extract")) {
                SourceState.giveBack(running().lake(), event.subject(), runId);
            }
            announcements.accept(
                    "%s gave up on %s after %d tries: %s"
                            .formatted(
                                    event.function(),
                                    event.subject(),
                                    event.receives(),
                                    event.reason()));
        } else if (failures.isNews(event)) {
            announcements.accept(
                    "%s failed on %s, which comes again: %s"
                            .formatted(event.function(), event.subject(), event.reason()));
        }
    }

    private DashboardProcess launchDashboard(Running now, Deployment deployment) {
        // The dashboard may start before migrate has set the same password.
        now.database().allowLogin(Deployment.DASHBOARD_ROLE, deployment.dashboardPassword());
        return parts.add(
                Layer.WORKERS,
                DashboardProcess.start(
                        settings.home(),
                        now.ports().dashboard(),
                        deployment.dashboard(),
                        Logs.rotated(folder, "dashboard"),
                        now.file(),
                        () -> announcements.accept("the dashboard was started again")));
    }

    private void awaitDashboard(DashboardProcess dashboard) throws InterruptedException {
        long begin = System.nanoTime();
        Path log = folder.logs().resolve("dashboard.log");
        Optional<String> failure =
                WaitingLine.during(
                        "the dashboard to answer; its log is " + log,
                        announcements,
                        dashboard::awaitReady);
        if (failure.isPresent()) {
            parts.checkOpen();
            throw new StackException(
                    "The dashboard %s while starting. Its log is %s."
                            .formatted(failure.get(), log));
        }
        announcements.accept("  the dashboard answers (%s)".formatted(secondsSince(begin)));
    }

    /** Requests a run of the simulated shop, unless one is in progress. */
    private static void extractDemo(Running now) {
        if (now.requests().pending().stream().noneMatch(Stack::ofDemo)) {
            now.requests()
                    .submit(new ExtractRequest(DemoShop.SOURCE, RunId.create(), null, null, false));
        }
    }

    private void awaitFirstExtraction(Running now) throws InterruptedException {
        long begin = System.nanoTime();
        if (isExtracted(now)) {
            return;
        }
        announcements.accept("  the simulated shop is extracted for the first time");
        WaitingLine.during(
                "its first extraction to be loaded",
                announcements,
                () -> {
                    while (!isExtracted(now)) {
                        parts.checkOpen();
                        Thread.sleep(200);
                    }
                    return true;
                });
        announcements.accept(
                "  its first extraction is through (%s)".formatted(secondsSince(begin)));
    }

    private static boolean isExtracted(Running now) {
        try {
            return now.database().read(ledger -> ledger.newestClosed(DemoShop.SOURCE)).isPresent();
        } catch (DatabaseUnavailableException e) {
            LOG.debug("it is being started again", e);
            return false;
        }
    }

    private void scheduleDemo(Running now) {
        parts.add(
                Layer.EVENTS,
                schedule.every(
                        DemoShop.SOURCE,
                        settings.demoInterval(),
                        () -> {
                            if (!isBusy(now)) {
                                extractDemo(now);
                            }
                        }));
    }

    /** Whether a requested run is in progress, during which the demo pauses. */
    private static boolean isBusy(Running now) {
        return !now.requests().underWay(now.failures()).isEmpty();
    }

    private static boolean ofDemo(ExtractRequest request) {
        return request.source().equals(DemoShop.SOURCE);
    }

    /** Removes requests whose runs are closed, and reports their results. */
    private void watchRuns() {
        ClosedRuns closedRuns =
                new ClosedRuns(running().database(), running().requests(), announcements);
        try {
            while (isUp()) {
                Thread.sleep(WATCH);
                try {
                    closedRuns.look();
                } catch (DatabaseUnavailableException | UncheckedIOException e) {
                    LOG.debug("looking again in a moment", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Resumption resumption(Running now) {
        return new Resumption(now.lake(), now.database(), now.queues(), now.requests());
    }

    private Running running() {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("the stack was not started");
        }
        return now;
    }

    private String dataOption() {
        return folder.root().equals(settings.home().resolve(".shopflow"))
                ? ""
                : " --data " + folder.root();
    }

    private static String secondsSince(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - nanos) / 1e9);
    }
}

package io.shopflow.laptop.supervisor;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.core.text.Counted;
import io.shopflow.laptop.callers.AwsCalls;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.folder.StackRecord.Ports;
import io.shopflow.laptop.queues.RecordedQueues;
import io.shopflow.laptop.runs.RunDatabase.DatabaseUnavailableException;
import io.shopflow.laptop.runs.SourceConfigurations;
import io.shopflow.laptop.servers.LocalQueues;
import io.shopflow.laptop.servers.LocalSecrets;
import io.shopflow.laptop.supervisor.StackParts.Layer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

    private final StackSettings settings;
    private final Schedule schedule;
    private final Consumer<String> announcements;
    private final StartSteps steps;
    private final DataFolder folder;
    private final AwsCalls calls;
    private final StackParts parts = new StackParts();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Null until the servers run. */
    private volatile @Nullable StackClients clients;

    /**
     * A stack that is not started yet.
     *
     * @param announcements receives lines for the user
     */
    public Stack(StackSettings settings, Schedule schedule, Consumer<String> announcements) {
        this.settings = settings;
        this.schedule = schedule;
        this.announcements = announcements;
        this.steps = new StartSteps(announcements);
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
        boolean started = false;
        try {
            startAll();
            started = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("The stack was interrupted while it started.", e);
        } catch (StackParts.StoppingException e) {
            throw stoppedWhileStarting(e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof StackParts.StoppingException cause) {
                throw stoppedWhileStarting(cause);
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    private static StackException stoppedWhileStarting(Exception cause) {
        return new StackException("The stack was stopped while it started.", cause);
    }

    private void startAll() throws InterruptedException {
        folder.prepare();
        parts.add(Layer.FOLDER, folder.tryLock().orElseThrow(this::alreadyUp));
        Ports previous = folder.record().ports();
        StackFile file = parts.add(Layer.RECORD, StackFile.open(folder, previous));
        Ports ports = StackServers.choosePorts(settings, previous);
        file.ports(ports);
        StackClients now = startServers(ports, file);
        Deployment deployment = deploy(ports);
        // It starts slowly; if the schema exists, it need not wait for migrate.
        CompletableFuture<?> dashboard =
                settings.dashboard() && now.database().migrated()
                        ? startDashboard(now, deployment, ports, file)
                        : null;
        StackFunctions functions =
                new StackFunctions(settings, deployment, parts, file, now, calls, announcements);
        functions.migrate(steps);
        resumeRuns(now);
        functions.readQueues();
        new ClosedRuns(
                        now.database(),
                        now.requests(),
                        new NotificationFiles(now.database(), now.lake(), folder, announcements),
                        announcements)
                .watch(parts);
        DemoRuns demo = new DemoRuns(now, parts);
        if (settings.demo()) {
            demo.request();
        }
        if (settings.dashboard()) {
            awaitDashboard(
                    dashboard == null ? startDashboard(now, deployment, ports, file) : dashboard);
        }
        if (settings.demo()) {
            demo.awaitFirst(steps, announcements);
            demo.repeat(schedule, settings.demoInterval());
        }
        functions.provision();
        file.ready();
    }

    private StackException alreadyUp() {
        return new StackException(
                "A stack is already up in %s. Stop it with ./shopflow down%s, or name another folder with --data."
                        .formatted(
                                folder.root(),
                                folder.root().equals(settings.home().resolve(".shopflow"))
                                        ? ""
                                        : " --data " + folder.root()));
    }

    private StackClients startServers(Ports ports, StackFile file) throws InterruptedException {
        CompletableFuture<Void> servers =
                new StackServers(settings, ports, parts, file, this::restarted).start();
        // Their creation takes time and need not wait for the servers.
        StackClients now = parts.add(Layer.CLIENTS, StackClients.connect(folder, ports));
        steps.take(
                "PostgreSQL, S3 and the queues to answer",
                "PostgreSQL, S3 and the queues run",
                servers::join);
        SourceConfigurations.of(settings.home(), folder).upload(now.lake());
        clients = now;
        return now;
    }

    private void restarted(String server) {
        announcements.accept("%s died and was restarted".formatted(server));
        StackClients now = clients;
        if (now == null) {
            return;
        }
        try {
            // Otherwise, messages that were delivered but not deleted would stay hidden for long.
            resumption(now).resume();
        } catch (DatabaseUnavailableException | UncheckedIOException | SdkException e) {
            LOG.debug("another server is unavailable; its own restart resumes", e);
        }
    }

    private Deployment deploy(Ports ports) {
        Map<String, String> shop =
                settings.demo()
                        ? parts.add(Layer.WORKERS, DemoShop.start(folder, ports.shop())).variables()
                        : Map.of();
        RecordedQueues queues =
                parts.add(
                        Layer.CLIENTS,
                        RecordedQueues.start(
                                LocalQueues.endpoint(folder.queues(), ports.queues()),
                                Deployment.callers(folder),
                                calls));
        LocalSecrets secrets =
                parts.add(
                        Layer.CLIENTS,
                        LocalSecrets.start(
                                Deployment.callers(folder),
                                (function, secret) ->
                                        calls.add(function, AwsCalls.READ_SECRET, secret)));
        return Deployment.of(
                folder,
                ports,
                queues.endpoint(),
                secrets,
                shop,
                dashboard(),
                settings.conditions());
    }

    private void resumeRuns(StackClients now) {
        now.failures()
                .forget(
                        now.requests().pending().stream()
                                .map(ExtractRequest::runId)
                                .flatMap(runId -> Optional.ofNullable(runId).stream())
                                .toList());
        List<RunId> resumed = resumption(now).resume();
        if (!resumed.isEmpty()) {
            announcements.accept("  continuing " + Counted.of(resumed.size(), "interrupted run"));
        }
    }

    private static Resumption resumption(StackClients now) {
        return new Resumption(now.lake(), now.database(), now.queues(), now.requests());
    }

    private CompletableFuture<?> startDashboard(
            StackClients now, Deployment deployment, Ports ports, StackFile file) {
        // The dashboard may start before migrate has set the same password.
        now.database().allowLogin(Deployment.DASHBOARD_ROLE, folder.dashboardPassword());
        return parts.startAsync(
                Layer.WORKERS,
                () ->
                        SupervisedServer.start(
                                "the dashboard",
                                () ->
                                        LocalDashboard.start(
                                                settings.home(),
                                                ports.dashboard(),
                                                deployment.dashboard(),
                                                folder.log("dashboard"),
                                                process -> file.started("dashboard", process),
                                                parts::checkOpen),
                                LocalDashboard::isAlive,
                                () ->
                                        announcements.accept(
                                                "the dashboard died and was restarted")));
    }

    private void awaitDashboard(CompletableFuture<?> dashboard) throws InterruptedException {
        steps.take(
                "the dashboard to answer; its log is " + folder.log("dashboard"),
                "the dashboard answers",
                dashboard::join);
    }

    /** The dashboard's address; empty if the stack has none. */
    public Optional<URI> dashboard() {
        return settings.dashboard() ? folder.record().dashboard() : Optional.empty();
    }

    /** The clients of its servers. */
    public StackClients clients() {
        StackClients now = clients;
        if (now == null) {
            throw new IllegalStateException("the stack was not started");
        }
        return now;
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
}

package io.shopflow.laptop.supervisor;

import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.folder.StackRecord.Ports;
import io.shopflow.laptop.servers.LocalPorts;
import io.shopflow.laptop.servers.LocalPostgres;
import io.shopflow.laptop.servers.LocalQueues;
import io.shopflow.laptop.servers.LocalS3;
import io.shopflow.laptop.servers.LocalServer;
import io.shopflow.laptop.supervisor.StackParts.Layer;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** PostgreSQL, the queues and S3, each on its port and started again when it dies. */
final class StackServers {

    private static final Duration PORT_PATIENCE = Duration.ofSeconds(5);

    private final StackSettings settings;
    private final Ports ports;
    private final StackParts parts;
    private final StackFile file;
    private final Consumer<String> onRestart;

    /**
     * The servers of a stack, which are not started yet.
     *
     * @param onRestart receives the name of a server that was started again
     */
    StackServers(
            StackSettings settings,
            Ports ports,
            StackParts parts,
            StackFile file,
            Consumer<String> onRestart) {
        this.settings = settings;
        this.ports = ports;
        this.parts = parts;
        this.file = file;
        this.onRestart = onRestart;
    }

    /**
     * The ports of a stack: those of its last start, as far as they are free.
     *
     * @throws StackException if the dashboard's port is not free: its address must not change
     */
    static Ports choosePorts(StackSettings settings, Ports previous) {
        int dashboard = previous.dashboard();
        if (settings.dashboard()) {
            int wanted =
                    settings.dashboardPort()
                            .orElse(
                                    dashboard == 0
                                            ? StackSettings.DEFAULT_DASHBOARD_PORT
                                            : dashboard);
            dashboard = LocalPorts.freeOrOther(wanted, Duration.ofSeconds(2));
            if (wanted != 0 && dashboard != wanted) {
                throw new StackException(
                        "Port %d, wanted for the dashboard, is taken by another program. Choose another with --port, or --port 0 for any that is free."
                                .formatted(wanted));
            }
        }
        return new Ports(
                LocalPorts.freeOrOther(previous.postgres(), PORT_PATIENCE),
                LocalPorts.freeOrOther(previous.s3(), PORT_PATIENCE),
                LocalPorts.freeOrOther(previous.queues(), PORT_PATIENCE),
                LocalPorts.freeOrOther(previous.shop(), Duration.ZERO),
                dashboard);
    }

    /** Starts them; completes when all answer. */
    CompletableFuture<Void> start() {
        DataFolder folder = settings.folder();
        return CompletableFuture.allOf(
                start(
                        "PostgreSQL",
                        "PostgreSQL",
                        () -> LocalPostgres.start(folder.postgres(), ports.postgres())),
                start(
                        "the queue server",
                        "queues",
                        () ->
                                LocalQueues.start(
                                        folder.queues(),
                                        ports.queues(),
                                        Deployment.queues(settings.conditions()))),
                start(
                        "the S3 server",
                        "S3",
                        () ->
                                LocalS3.start(
                                        folder.s3(),
                                        ports.s3(),
                                        Deployment.BUCKET,
                                        Deployment.notifications(
                                                events(
                                                        LocalQueues.endpoint(
                                                                folder.queues(), ports.queues()))),
                                        Optional.of(folder.awsCalls()),
                                        Optional.of(Deployment.keys(folder)))));
    }

    /** Where S3 sends its events. */
    private URI events(URI queues) {
        URI proxy = settings.conditions().proxies().get("SQS");
        return proxy == null ? queues : proxy.resolve(queues.getPath());
    }

    private CompletableFuture<?> start(
            String name, String process, Supplier<? extends LocalServer> starter) {
        return parts.startAsync(
                Layer.SERVERS,
                () ->
                        SupervisedServer.start(
                                name,
                                () -> {
                                    LocalServer server = starter.get();
                                    file.server(process, server.pid());
                                    return server;
                                },
                                LocalServer::isAlive,
                                () -> onRestart.accept(name)));
    }
}

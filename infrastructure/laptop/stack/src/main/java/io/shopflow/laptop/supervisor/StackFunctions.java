package io.shopflow.laptop.supervisor;

import io.shopflow.core.run.RunId;
import io.shopflow.laptop.callers.AwsCalls;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.queues.EventSourceMapping;
import io.shopflow.laptop.queues.FailedEvent;
import io.shopflow.laptop.runs.SourceProgress;
import io.shopflow.laptop.runtime.FunctionPackage;
import io.shopflow.laptop.runtime.InvocationResult;
import io.shopflow.laptop.runtime.LocalFunction;
import io.shopflow.laptop.supervisor.StackParts.Layer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** The functions of a stack, and the queues that they read. */
final class StackFunctions {

    private final StackSettings settings;
    private final StackParts parts;
    private final StackClients clients;
    private final AwsCalls calls;
    private final Consumer<String> announcements;
    private final FailureThrottle throttle = new FailureThrottle();
    private final Map<String, LocalFunction> functions = new HashMap<>();

    /** The functions of a deployment, of which none runs yet. */
    StackFunctions(
            StackSettings settings,
            Deployment deployment,
            StackParts parts,
            StackFile file,
            StackClients clients,
            AwsCalls calls,
            Consumer<String> announcements) {
        this.settings = settings;
        this.parts = parts;
        this.clients = clients;
        this.calls = calls;
        this.announcements = announcements;
        DataFolder folder = settings.folder();
        for (String name : Deployment.FUNCTIONS) {
            functions.put(
                    name,
                    parts.add(
                            Layer.WORKERS,
                            new LocalFunction(
                                    deployment.function(name),
                                    FunctionPackage.locate(
                                            settings.home(),
                                            name,
                                            settings.home().resolve("target/functions")),
                                    folder.functions(),
                                    folder.log(name),
                                    file::started)));
        }
    }

    private LocalFunction function(String name) {
        return Objects.requireNonNull(functions.get(name), name);
    }

    /**
     * Brings the schema of the warehouse up to date.
     *
     * @throws StackException if that fails
     */
    void migrate(StartSteps steps) throws InterruptedException {
        LocalFunction migrate = function("migrate");
        String log = settings.folder().log("migrate").toString();
        steps.take(
                "the schema to be migrated; its log is " + log,
                "the schema is up to date",
                () -> {
                    InvocationResult result = migrate.invoke("{}");
                    if (result instanceof InvocationResult.Failed(String type, String message)) {
                        parts.checkOpen();
                        throw new StackException(
                                "The database could not be migrated (%s: %s). Its log is %s."
                                        .formatted(type, message, log));
                    }
                    return result;
                });
        // The next migration is at the next start.
        migrate.endProcesses();
    }

    /** Lets each function read its queue. */
    void readQueues() {
        Deployment.mappings(settings.conditions())
                .forEach(
                        (function, mapping) -> {
                            // Lambda reads the queue with the function's role.
                            for (String action :
                                    List.of(
                                            "ReceiveMessage",
                                            "DeleteMessage",
                                            "GetQueueAttributes")) {
                                calls.add(function, "sqs:" + action, mapping.queue());
                            }
                            parts.add(
                                    Layer.EVENTS,
                                    EventSourceMapping.start(
                                            mapping,
                                            clients.queues(),
                                            function(function),
                                            clients.failures(),
                                            this::report));
                        });
    }

    private void report(FailedEvent event) {
        if (event.givenUp()) {
            RunId runId = event.runId();
            if (runId != null && event.function().equals("extract")) {
                SourceProgress.giveBack(clients.lake(), event.subject(), runId);
            }
            announcements.accept(event.abandoned());
        } else if (throttle.permits(event)) {
            announcements.accept(
                    "%s failed on %s, which is retried: %s"
                            .formatted(event.function(), event.named(), event.reason()));
        }
    }

    /** Starts all processes of the functions that read queues. */
    void provision() {
        Deployment.mappings(settings.conditions())
                .keySet()
                .forEach(name -> function(name).provision());
    }
}

package io.shopflow.laptop.supervisor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.laptop.callers.AwsCalls;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.runs.BackfillClient;
import io.shopflow.laptop.runtime.FunctionPackage;
import io.shopflow.laptop.runtime.InvocationResult;
import io.shopflow.laptop.runtime.LocalFunction;
import io.shopflow.laptop.servers.LocalSecrets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The packaged function backfill on the servers of a stack. It belongs to the command that invokes
 * it and not to the stack, whose start is not slowed down by a rarely used function.
 */
public final class BackfillProcess implements BackfillClient, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TRIES = 60;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final LocalSecrets secrets;
    private final LocalFunction function;
    private final Path log;

    private BackfillProcess(LocalSecrets secrets, LocalFunction function, Path log) {
        this.secrets = secrets;
        this.function = function;
        this.log = log;
    }

    /**
     * The function of this repository for the stack in a folder; an invocation starts its process.
     */
    public static BackfillProcess of(Path home, DataFolder folder) {
        String name = Deployment.BACKFILL;
        Path log = folder.log(name);
        AwsCalls calls = new AwsCalls(folder.awsCalls());
        LocalSecrets secrets =
                LocalSecrets.start(
                        Deployment.callers(folder),
                        (caller, secret) -> calls.add(caller, AwsCalls.READ_SECRET, secret));
        return new BackfillProcess(
                secrets,
                new LocalFunction(
                        Deployment.backfill(folder, folder.record().ports(), secrets),
                        FunctionPackage.locate(home, name, folder.functions()),
                        folder.functions(),
                        log,
                        (child, process) -> {}),
                log);
    }

    @Override
    public JsonNode invoke(ObjectNode request) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            switch (function.invoke(request.toString())) {
                case InvocationResult.Succeeded(String payload) -> {
                    return read(payload);
                }
                case InvocationResult.Failed(String type, String message) -> {
                    // A server that restarts is available again shortly.
                    if (attempt == TRIES) {
                        throw new StackException(
                                "The function backfill fails (%s: %s). Its log is %s."
                                        .formatted(type, message, log));
                    }
                    Thread.sleep(PAUSE);
                }
            }
        }
    }

    private JsonNode read(String payload) {
        try {
            return JSON.readTree(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the response of backfill is not JSON", e);
        }
    }

    @Override
    public void close() {
        function.close();
        secrets.close();
    }
}

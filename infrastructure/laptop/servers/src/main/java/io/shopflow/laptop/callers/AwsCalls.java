package io.shopflow.laptop.callers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The functions' calls to AWS, which are compared with their permissions: a file of JSON lines,
 * each call once. Several processes may write to the same file.
 */
public final class AwsCalls {

    /** The action of reading a secret. */
    public static final String READ_SECRET = "secretsmanager:GetSecretValue";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Set<Map<String, String>> known = ConcurrentHashMap.newKeySet();

    /** Appends calls to this file. */
    public AwsCalls(Path file) {
        this.file = file;
    }

    /**
     * Records a call.
     *
     * @param function whose role would need the permission in AWS
     * @param action as IAM calls it
     * @param resource a queue's or secret's name, an object's key
     */
    public void add(String function, String action, String resource) {
        Map<String, String> call =
                Map.of("function", function, "action", action, "resource", resource);
        if (!known.add(call)) {
            return;
        }
        try {
            // One write to the end of the file, so that lines of several processes do not mix.
            Files.writeString(
                    file,
                    JSON.writeValueAsString(new TreeMap<>(call)) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.shopflow.laptop.s3;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopflow.laptop.callers.HttpCall;
import io.shopflow.laptop.callers.Signature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes which function made which call of S3 to a file of JSON lines, each once: {@code function}
 * is the access key id that signed it, {@code action} the permission that AWS requires, {@code
 * resource} the key, the listed prefix, or {@code absent:} and a key that was not there; with an
 * asterisk for each folder and name that differs from run to run.
 */
final class AwsCallLog {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final @Nullable Path file;
    private final Set<List<String>> known = ConcurrentHashMap.newKeySet();

    /** Writes to this file; nothing where it is null. */
    AwsCallLog(@Nullable Path file) {
        this.file = file;
    }

    /** Adds a call that was answered. */
    void add(HttpCall call, S3Request request, int status) throws IOException {
        String function = Signature.accessKeyId(call.header("Authorization"));
        if (file == null || function.isEmpty()) {
            return;
        }
        String key = request.key();
        if (key.isEmpty()) {
            add(function, "s3:ListBucket", request.parameter("prefix", ""));
            return;
        }
        switch (request.method()) {
            case "GET", "HEAD" -> {
                add(function, "s3:GetObject", key);
                if (status == S3Error.NO_SUCH_KEY.status()) {
                    // Without permission to list, S3 answers 403, not 404, for an object that is
                    // not there. That request names no prefix, so a condition on the prefix does
                    // not hold for it.
                    add(function, "s3:ListBucket", "absent:" + key);
                }
            }
            case "PUT" -> add(function, "s3:PutObject", key);
            default -> add(function, "s3:" + request.method(), key);
        }
    }

    private void add(String function, String action, String key) throws IOException {
        String resource = key.replaceAll("[^/]*[0-9][^/]*", "*");
        if (file == null || !known.add(List.of(function, action, resource))) {
            return;
        }
        Map<String, String> call =
                new TreeMap<>(Map.of("function", function, "action", action, "resource", resource));
        // One write at the end of the file: lines of several processes do not mix.
        Files.writeString(
                file,
                JSON.writeValueAsString(call) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}

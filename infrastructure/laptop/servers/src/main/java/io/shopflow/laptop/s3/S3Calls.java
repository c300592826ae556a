package io.shopflow.laptop.s3;

import io.shopflow.laptop.callers.AwsCalls;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Records the calls of S3: {@code action} is the permission that AWS requires, {@code resource} the
 * key, the listed prefix, or {@code absent:} and a key that was not there; with an asterisk for
 * each folder and name that differs from run to run.
 */
final class S3Calls {

    private final @Nullable AwsCalls calls;

    /** Writes to this file; nothing if it is null. */
    S3Calls(@Nullable Path file) {
        this.calls = file == null ? null : new AwsCalls(file);
    }

    /** Records a call that was answered. */
    void add(String function, S3Request request, int status) {
        if (calls == null || function.isEmpty()) {
            return;
        }
        String key = request.key();
        if (key.isEmpty()) {
            add(calls, function, "ListBucket", request.parameter("prefix", ""));
            return;
        }
        switch (request.method()) {
            case "GET", "HEAD" -> {
                add(calls, function, "GetObject", key);
                if (status == S3Error.NO_SUCH_KEY.status()) {
                    // Without permission to list, S3 answers 403, not 404, for an object that is
                    // not there. That request names no prefix, so a condition on the prefix does
                    // not hold for it.
                    add(calls, function, "ListBucket", "absent:" + key);
                }
            }
            case "PUT" -> add(calls, function, "PutObject", key);
            default -> add(calls, function, request.method(), key);
        }
    }

    private static void add(AwsCalls calls, String function, String action, String key) {
        calls.add(function, "s3:" + action, key.replaceAll("[^/]*[0-9][^/]*", "*"));
    }
}

package io.shopflow.local.s3;

import io.shopflow.local.callers.Signature;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes which function made which call of S3 to a file of JSON lines, each once: {@code function}
 * is the access key id that signed it, {@code action} the permission that AWS asks for, {@code
 * resource} the key, the listed prefix, or {@code absent:} and a key that was not there; with an
 * asterisk for each folder and name that differs from run to run.
 */
final class CallsFilter extends OncePerRequestFilter {

    private static final JsonMapper JSON = new JsonMapper();

    private final @Nullable Path file;
    private final Set<List<String>> known = ConcurrentHashMap.newKeySet();

    CallsFilter(@Nullable Path file) {
        this.file = file;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        String function = Signature.accessKeyId(request.getHeader("Authorization"));
        String[] bucketAndKey =
                ObjectRequest.decoded(request.getRequestURI()).substring(1).split("/", 2);
        String key = bucketAndKey.length > 1 ? bucketAndKey[1] : "";
        if (function.isEmpty()) {
            return;
        }
        if (key.isEmpty()) {
            String prefix = request.getParameter("prefix");
            add(function, "s3:ListBucket", prefix == null ? "" : prefix);
            return;
        }
        switch (request.getMethod()) {
            case "GET", "HEAD" -> {
                add(function, "s3:GetObject", key);
                if (response.getStatus() == HttpServletResponse.SC_NOT_FOUND) {
                    // Who may not list is told 403, not 404, of an object that is not there. That
                    // request names no prefix, so a condition on the prefix does not hold for it.
                    add(function, "s3:ListBucket", "absent:" + key);
                }
            }
            case "PUT", "POST" -> {
                add(function, "s3:PutObject", key);
                String source = request.getHeader("x-amz-copy-source");
                if (source != null) {
                    add(function, "s3:GetObject", ObjectRequest.decoded(source));
                }
            }
            default -> add(function, "s3:" + request.getMethod(), key);
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

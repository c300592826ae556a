package io.shopflow.local.s3;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request that writes an object, or a part of one to come. */
record ObjectRequest(Kind kind, String bucket, String key) {

    /** What the request does. */
    enum Kind {
        PUT("ObjectCreated:Put"),
        COPY("ObjectCreated:Copy"),
        /** A copy onto itself changes an object's metadata in place. */
        COPY_ONTO_ITSELF("ObjectCreated:Copy"),
        COMPLETE_UPLOAD("ObjectCreated:CompleteMultipartUpload"),
        /** A step of a multipart upload: it changes nothing that can be read. */
        UPLOAD_STEP(null);

        private final @Nullable String eventName;

        Kind(@Nullable String eventName) {
            this.eventName = eventName;
        }

        @Nullable String eventName() {
            return eventName;
        }
    }

    static @Nullable ObjectRequest of(HttpServletRequest request) {
        String path = decoded(request.getRequestURI());
        int slash = path.indexOf('/', 1);
        if (slash < 0 || slash == path.length() - 1) {
            return null;
        }
        String bucket = path.substring(1, slash);
        String key = path.substring(slash + 1);
        Kind kind = kind(request, bucket + "/" + key);
        return kind == null ? null : new ObjectRequest(kind, bucket, key);
    }

    private static @Nullable Kind kind(HttpServletRequest request, String target) {
        Set<String> parameters = parameters(request.getQueryString());
        String method = request.getMethod();
        if (parameters.contains("uploads") || parameters.contains("uploadId")) {
            return method.equals("POST") && parameters.contains("uploadId")
                    ? Kind.COMPLETE_UPLOAD
                    : Kind.UPLOAD_STEP;
        }
        parameters.remove("x-id");
        // Other parameters write tags, rights or locks of an object, not the object.
        if (!method.equals("PUT") || !parameters.isEmpty()) {
            return null;
        }
        String source = request.getHeader("x-amz-copy-source");
        if (source == null) {
            return Kind.PUT;
        }
        String decoded = decoded(source.startsWith("/") ? source.substring(1) : source);
        return decoded.equals(target) ? Kind.COPY_ONTO_ITSELF : Kind.COPY;
    }

    private static Set<String> parameters(@Nullable String query) {
        return query == null
                ? new HashSet<>()
                : Arrays.stream(query.split("&"))
                        .map(parameter -> parameter.split("=", 2)[0])
                        .collect(Collectors.toCollection(HashSet::new));
    }

    /** In a path, unlike in a form, a plus is a plus. */
    static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}

package io.shopflow.local.s3;

import com.adobe.testing.s3mock.s3.model.S3ObjectMetadata;
import com.adobe.testing.s3mock.s3.service.ObjectService;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Sends the event of a new object before its put is answered. A client that got an answer can rely
 * on the event; one that got none, or 503, puts again.
 */
final class ObjectCreatedFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectCreatedFilter.class);

    private final ObjectService objects;
    private final ObjectCreatedEvents events;

    ObjectCreatedFilter(ObjectService objects, ObjectCreatedEvents events) {
        this.objects = objects;
        this.events = events;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Creation creation = Creation.of(request);
        if (creation == null || !events.cover(creation.key())) {
            chain.doFilter(request, response);
            return;
        }
        ContentCachingResponseWrapper held = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, held);
        // 412: the object is there, perhaps from a put whose event could not be sent.
        if (held.getStatus() == HttpServletResponse.SC_OK
                || held.getStatus() == HttpServletResponse.SC_PRECONDITION_FAILED) {
            S3ObjectMetadata object = objects.getObject(creation.bucket(), creation.key(), null);
            if (object != null) {
                try {
                    events.send(creation.bucket(), object, creation.eventName());
                } catch (IOException e) {
                    LOG.warn("event_not_sent key={}", creation.key(), e);
                    answerUnavailable(response);
                    return;
                }
            }
        }
        held.copyBodyToResponse();
    }

    private static void answerUnavailable(HttpServletResponse response) throws IOException {
        response.reset();
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/xml");
        response.getOutputStream()
                .write(
                        """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <Error><Code>ServiceUnavailable</Code><Message>The queue of the object's \
                        event cannot be reached. Please try again.</Message></Error>"""
                                .getBytes(StandardCharsets.UTF_8));
    }

    /** A request that creates an object when it succeeds. */
    private record Creation(String bucket, String key, String eventName) {

        static @Nullable Creation of(HttpServletRequest request) {
            String eventName = eventName(request);
            String path = URLDecoder.decode(plain(request.getRequestURI()), StandardCharsets.UTF_8);
            int slash = path.indexOf('/', 1);
            return eventName == null || slash < 0 || slash == path.length() - 1
                    ? null
                    : new Creation(path.substring(1, slash), path.substring(slash + 1), eventName);
        }

        /** In a path, unlike in a form, a plus is a plus. */
        private static String plain(String uri) {
            return uri.replace("+", "%2B");
        }

        private static @Nullable String eventName(HttpServletRequest request) {
            String query = request.getQueryString();
            return switch (request.getMethod()) {
                case "PUT" ->
                        query != null && !query.startsWith("x-id=")
                                ? null
                                : request.getHeader("x-amz-copy-source") == null
                                        ? "ObjectCreated:Put"
                                        : "ObjectCreated:Copy";
                case "POST" ->
                        query != null && query.contains("uploadId=")
                                ? "ObjectCreated:CompleteMultipartUpload"
                                : null;
                default -> null;
            };
        }
    }
}

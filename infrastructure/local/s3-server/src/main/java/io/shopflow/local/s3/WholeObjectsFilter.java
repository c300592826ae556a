package io.shopflow.local.s3;

import com.adobe.testing.s3mock.s3.model.S3ObjectMetadata;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Makes S3Mock's puts what S3's are: an object is seen whole or not at all, whatever crashes; of
 * two conditional puts one wins; and when the answer is sent, so is the event. S3Mock writes over
 * the object that is there, after having looked at the condition.
 *
 * <p>Not for buckets with versions, whose puts S3Mock keeps in one folder.
 */
final class WholeObjectsFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(WholeObjectsFilter.class);
    private static final Set<String> CONDITIONS = Set.of("if-match", "if-none-match");

    private final Lake lake;
    private final ObjectCreatedEvents events;

    WholeObjectsFilter(Lake lake, ObjectCreatedEvents events) {
        this.lake = lake;
        this.events = events;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ObjectRequest target = ObjectRequest.of(request);
        KeyIndex keys = target == null ? null : lake.keys(target.bucket());
        if (target == null || keys == null) {
            chain.doFilter(request, response);
            return;
        }
        switch (target.kind()) {
            case UPLOAD_STEP -> {
                keys.beginAside(target.key(), UUID.randomUUID());
                try {
                    chain.doFilter(request, response);
                } finally {
                    keys.endAside();
                }
            }
            case COPY_ONTO_ITSELF -> {
                var held = new ContentCachingResponseWrapper(response);
                chain.doFilter(request, held);
                UUID id = keys.get(target.key());
                if (held.getStatus() == HttpServletResponse.SC_OK && id != null) {
                    keys.commit(target.key(), id, dueEvent(target));
                    announce(target, keys, id, null, held, response);
                } else {
                    held.copyBodyToResponse();
                }
            }
            case PUT, COPY, COMPLETE_UPLOAD -> write(target, keys, request, response, chain);
        }
    }

    private void write(
            ObjectRequest target,
            KeyIndex keys,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws ServletException, IOException {
        UUID id = UUID.randomUUID();
        // Held back, since Spring sends an answer without a body at once.
        var held = new ContentCachingResponseWrapper(response);
        boolean committed = false;
        try {
            keys.beginAside(target.key(), id);
            try {
                chain.doFilter(new Unconditional(request), held);
            } finally {
                keys.endAside();
            }
            if (held.getStatus() != HttpServletResponse.SC_OK
                    || !lake.isComplete(target.bucket(), id)) {
                held.copyBodyToResponse();
                return;
            }
            Refusal refusal;
            UUID before = null;
            synchronized (keys) {
                refusal = refusal(request, lake.object(target.bucket(), target.key()));
                if (refusal == null) {
                    before = keys.commit(target.key(), id, dueEvent(target));
                    committed = true;
                }
            }
            if (refusal != null) {
                refuse(response, refusal);
            } else {
                announce(target, keys, id, before, held, response);
            }
        } finally {
            if (!committed) {
                lake.discard(target.bucket(), id);
            }
        }
    }

    private @Nullable String dueEvent(ObjectRequest target) {
        return events.cover(target.key()) ? target.kind().eventName() : null;
    }

    private void announce(
            ObjectRequest target,
            KeyIndex keys,
            UUID id,
            @Nullable UUID before,
            ContentCachingResponseWrapper held,
            HttpServletResponse response)
            throws IOException {
        if (before != null) {
            lake.discardLater(target.bucket(), before);
        }
        String eventName = dueEvent(target);
        if (eventName != null) {
            try {
                lake.send(target.bucket(), keys, id, target.key(), eventName);
            } catch (IOException e) {
                LOG.warn("event_not_sent key={} cause={}", target.key(), e.toString());
                refuse(response, Refusal.NO_QUEUE);
                return;
            }
        }
        held.copyBodyToResponse();
    }

    private static @Nullable Refusal refusal(
            HttpServletRequest request, @Nullable S3ObjectMetadata present) {
        String match = request.getHeader("If-Match");
        if (match != null) {
            if (present == null) {
                return Refusal.NO_SUCH_KEY;
            }
            if (!match.equals("*") && !entityTag(match).equals(entityTag(present.getEtag()))) {
                return Refusal.PRECONDITION_FAILED;
            }
        }
        String noneMatch = request.getHeader("If-None-Match");
        return noneMatch != null
                        && present != null
                        && (noneMatch.equals("*")
                                || entityTag(noneMatch).equals(entityTag(present.getEtag())))
                ? Refusal.PRECONDITION_FAILED
                : null;
    }

    private static String entityTag(@Nullable String quoted) {
        return quoted == null ? "" : quoted.replace("\"", "");
    }

    private enum Refusal {
        PRECONDITION_FAILED(
                412,
                "PreconditionFailed",
                "At least one of the pre-conditions you specified did not hold"),
        NO_SUCH_KEY(404, "NoSuchKey", "The specified key does not exist."),
        /** The object is there; its event stays due, and is sent when the queue is back. */
        NO_QUEUE(
                503,
                "ServiceUnavailable",
                "The queue of the object's event cannot be reached. Please try again.");

        private final int status;
        private final String code;
        private final String message;

        Refusal(int status, String code, String message) {
            this.status = status;
            this.code = code;
            this.message = message;
        }
    }

    private static void refuse(HttpServletResponse response, Refusal refusal) throws IOException {
        response.reset();
        response.setStatus(refusal.status);
        response.setContentType("application/xml");
        response.getOutputStream()
                .write(
                        """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <Error><Code>%s</Code><Message>%s</Message></Error>"""
                                .formatted(refusal.code, refusal.message)
                                .getBytes(StandardCharsets.UTF_8));
    }

    /** Hides the conditions from S3Mock; they are looked at when the object takes its place. */
    private static final class Unconditional extends HttpServletRequestWrapper {

        Unconditional(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return isCondition(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return isCondition(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }

        @Override
        public Enumeration<String> getHeaderNames() {
            List<String> names = Collections.list(super.getHeaderNames());
            names.removeIf(Unconditional::isCondition);
            return Collections.enumeration(names);
        }

        private static boolean isCondition(String name) {
            return CONDITIONS.contains(name.toLowerCase(Locale.ROOT));
        }
    }
}

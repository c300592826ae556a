package io.shopflow.laptop.s3;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.shopflow.laptop.callers.AccessKeys;
import io.shopflow.laptop.callers.Callers;
import io.shopflow.laptop.callers.Callers.Refusal;
import io.shopflow.laptop.callers.ChunkSignatures;
import io.shopflow.laptop.callers.HttpCall;
import io.shopflow.laptop.callers.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers the requests of S3's clients. */
final class S3Handler implements HttpHandler {

    private static final Logger LOG = System.getLogger(S3Handler.class.getName());

    /** Headers of a put that reads return, besides the metadata. */
    private static final Set<String> KEPT_HEADERS =
            Set.of(
                    "cache-control",
                    "content-disposition",
                    "content-encoding",
                    "content-language",
                    "content-type",
                    "expires");

    private static final Set<String> CONDITIONS =
            Set.of("if-match", "if-none-match", "if-modified-since", "if-unmodified-since");

    private static final int FORBIDDEN = 403;
    private static final String METADATA = "x-amz-meta-";
    private static final String DEFAULT_TYPE = "application/octet-stream";
    private static final String AWS_CHUNKED = "aws-chunked";
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final String bucketName;
    private final @Nullable AccessKeys keys;
    private final Callers callers;
    private final Bucket bucket;
    private final ObjectCreatedEvents events;
    private final S3Calls calls;

    S3Handler(S3Settings settings, Bucket bucket, ObjectCreatedEvents events) {
        this.bucketName = settings.bucket();
        this.keys = settings.keys();
        this.callers = keys == null ? Callers.programs() : Callers.withKeys(keys);
        this.bucket = bucket;
        this.events = events;
        this.calls = new S3Calls(settings.calls());
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpCall call = HttpCall.of(exchange);
            Optional<Refusal> refusal = callers.refusal(call, new byte[0], "s3");
            if (refusal.isPresent()) {
                sendError(exchange, FORBIDDEN, refusal.get().code(), refusal.get().message());
                return;
            }
            S3Request request;
            try {
                request = S3Request.of(exchange);
            } catch (S3Exception e) {
                sendError(exchange, e.error());
                return;
            }
            try {
                answer(exchange, request);
            } catch (S3Exception e) {
                sendError(exchange, e.error());
            } catch (IOException | RuntimeException e) {
                LOG.log(
                        Level.WARNING,
                        "request_failed method=" + request.method() + " key=" + request.key(),
                        e);
                if (exchange.getResponseCode() < 0) {
                    sendError(exchange, S3Error.INTERNAL_ERROR);
                }
            }
            calls.add(
                    Signature.accessKeyId(call.header("Authorization")),
                    request,
                    exchange.getResponseCode());
        }
    }

    private void answer(HttpExchange exchange, S3Request request) throws IOException {
        String method = request.method();
        if (request.bucket().isEmpty() && method.equals("GET")) {
            sendXml(exchange, S3Document.ofBuckets(bucketName));
            return;
        }
        if (!request.bucket().equals(bucketName)) {
            throw new S3Exception(S3Error.NO_SUCH_BUCKET);
        }
        if (request.key().isEmpty()) {
            answerOfBucket(exchange, request);
        } else if (!request.parameters().isEmpty()
                || exchange.getRequestHeaders().containsKey("x-amz-copy-source")) {
            // Uploads in parts, copies, tags, rights, locks and versions of objects.
            throw new S3Exception(S3Error.NOT_IMPLEMENTED);
        } else {
            if (!method.equals("PUT") && hasCondition(exchange)) {
                // Ignoring it would delete an object that the sender meant to keep.
                throw new S3Exception(S3Error.NOT_IMPLEMENTED);
            }
            switch (method) {
                case "GET", "HEAD" -> read(exchange, request.key());
                case "PUT" -> put(exchange, request.key());
                case "DELETE" -> {
                    bucket.delete(request.key());
                    exchange.sendResponseHeaders(204, -1);
                }
                default -> throw new S3Exception(S3Error.NOT_IMPLEMENTED);
            }
        }
    }

    private void answerOfBucket(HttpExchange exchange, S3Request request) throws IOException {
        if (request.method().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
        } else if (request.method().equals("GET") && request.has("list-type")) {
            sendXml(exchange, S3Document.ofObjects(bucketName, bucket, request));
        } else {
            throw new S3Exception(S3Error.NOT_IMPLEMENTED);
        }
    }

    private void put(HttpExchange exchange, String key) throws IOException {
        ReceivedContent content = receive(exchange);
        StoredObject object =
                new StoredObject(
                        content.file().getFileName().toString(),
                        key,
                        content.size(),
                        content.md5(),
                        Instant.now().toEpochMilli(),
                        keptHeaders(exchange),
                        events.of(key));
        boolean stored = false;
        try {
            bucket.put(object, condition(exchange));
            stored = true;
        } finally {
            if (!stored) {
                Files.deleteIfExists(content.file());
            }
        }
        events.send(object);
        exchange.getResponseHeaders().set("ETag", quoted(object.entityTag()));
        exchange.sendResponseHeaders(200, -1);
    }

    private ReceivedContent receive(HttpExchange exchange) throws IOException {
        HttpCall call = HttpCall.of(exchange);
        ChunkSignatures signatures = keys == null ? null : keys.chunks(call).orElse(null);
        return ReceivedContent.receive(
                exchange.getRequestBody(), call.headers(), signatures, bucket.newContent());
    }

    private static Map<String, String> keptHeaders(HttpExchange exchange) {
        Map<String, String> kept = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach(
                        (name, values) -> {
                            String lower = name.toLowerCase(Locale.ROOT);
                            if (lower.startsWith(METADATA) || KEPT_HEADERS.contains(lower)) {
                                kept.put(lower, String.join(",", values));
                            }
                        });
        // It describes how the body was sent, not how the object is encoded.
        String encoding = kept.remove("content-encoding");
        if (encoding != null && !encoding.equals(AWS_CHUNKED)) {
            kept.put("content-encoding", encoding.replaceFirst("^" + AWS_CHUNKED + ", *", ""));
        }
        return kept;
    }

    private static boolean hasCondition(HttpExchange exchange) {
        return exchange.getRequestHeaders().keySet().stream()
                .anyMatch(name -> CONDITIONS.contains(name.toLowerCase(Locale.ROOT)));
    }

    private static Bucket.Condition condition(HttpExchange exchange) {
        String match = exchange.getRequestHeaders().getFirst("If-Match");
        String noneMatch = exchange.getRequestHeaders().getFirst("If-None-Match");
        return present -> {
            if (match != null && present == null) {
                return S3Error.NO_SUCH_KEY;
            }
            return (match != null && !names(match, present))
                            || (noneMatch != null && names(noneMatch, present))
                    ? S3Error.PRECONDITION_FAILED
                    : null;
        };
    }

    /** Whether a condition's entity tag is that of the stored object. */
    private static boolean names(String entityTag, @Nullable StoredObject present) {
        return present != null
                && (entityTag.equals("*")
                        || entityTag.replace("\"", "").equals(present.entityTag()));
    }

    private void read(HttpExchange exchange, String key) throws IOException {
        while (true) {
            StoredObject object = bucket.get(key);
            if (object == null) {
                throw new S3Exception(S3Error.NO_SUCH_KEY);
            }
            try (InputStream content = Files.newInputStream(bucket.content(object))) {
                send(exchange, object, content);
                return;
            } catch (NoSuchFileException e) {
                // Replaced after the key was read and before the file was opened.
                if (object.equals(bucket.get(key))) {
                    throw e;
                }
            }
        }
    }

    private static void send(HttpExchange exchange, StoredObject object, InputStream content)
            throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", DEFAULT_TYPE);
        object.headers().forEach(headers::set);
        headers.set("ETag", quoted(object.entityTag()));
        headers.set("Last-Modified", HTTP_DATE.format(object.modifiedAt()));
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Long.toString(object.size()));
            exchange.sendResponseHeaders(200, -1);
        } else {
            // The JDK's server takes 0 for a body of unknown length.
            exchange.sendResponseHeaders(200, object.size() == 0 ? -1 : object.size());
            content.transferTo(exchange.getResponseBody());
        }
    }

    private static String quoted(String entityTag) {
        return '"' + entityTag + '"';
    }

    private static void sendXml(HttpExchange exchange, String xml) throws IOException {
        sendXml(exchange, 200, xml);
    }

    private static void sendXml(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] body = xml.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void sendError(HttpExchange exchange, S3Error error) throws IOException {
        sendError(exchange, error.status(), error.code(), error.message());
    }

    private static void sendError(HttpExchange exchange, int status, String code, String message)
            throws IOException {
        sendXml(exchange, status, S3Document.ofError(code, message));
    }
}

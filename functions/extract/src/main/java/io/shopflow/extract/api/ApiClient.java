package io.shopflow.extract.api;

import io.shopflow.core.run.Problem;
import io.shopflow.core.stream.Stream;
import io.shopflow.extract.source.SourceUnavailableException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to an API, and retries where that may help. What it returns has the shape that the
 * caller expects; everything else ends in a {@link SourceUnavailableException} that names address,
 * status and what to do.
 *
 * <p>After a request has failed for good, the next ones are tried only once until one succeeds, so
 * that each scan does not repeat all retries while the API is down.
 */
public final class ApiClient implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ApiClient.class);

    private final String url;
    private final String authorization;
    private final Duration timeout;
    private final Backoff backoff;
    private final ErrorAdvice advice;
    private final Clock clock = Clock.systemUTC();
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final HttpClient http;
    private boolean gaveUp;
    private Instant serverTime = Instant.MIN;

    /** Turns a response into what the caller needs. */
    public interface Reading<T> {

        /** The content; throws if the response does not have it. */
        T read(ApiResponse response) throws InvalidResponseException;
    }

    /**
     * A client of one API.
     *
     * @param url the API's address
     * @param authorization value of the header {@code Authorization}
     * @param timeout for connecting, and for one response
     */
    public ApiClient(
            URI url, String authorization, Duration timeout, Backoff backoff, ErrorAdvice advice) {
        String address = url.toString();
        this.url = address.endsWith("/") ? address : address + "/";
        this.authorization = authorization;
        this.timeout = timeout;
        this.backoff = backoff;
        this.advice = advice;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timeout)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    /** Sends a request until its response can be read, or until retries do not help. */
    public <T> T get(ApiRequest request, Reading<T> reading) throws SourceUnavailableException {
        int attempts = gaveUp ? 1 : backoff.attempts();
        for (int attempt = 1; ; attempt++) {
            try {
                T content = reading.read(once(request));
                gaveUp = false;
                return content;
            } catch (InvalidResponseException e) {
                Duration wait = wait(e, attempt);
                if (!e.retryable()
                        || attempt >= attempts
                        || wait.compareTo(backoff.longest()) > 0) {
                    gaveUp = e.retryable();
                    throw unavailable(request.stream(), request.path(), attempt, e);
                }
                LOG.warnf(
                        "api_request_retried address=%s attempt=%d wait_ms=%d reason=%s",
                        address(request.path()), attempt, wait.toMillis(), e.getMessage());
                pause(request, attempt, wait, e);
            }
        }
    }

    /** A response of the right shape but with invalid content. */
    public SourceUnavailableException malformed(
            @Nullable Stream stream, String path, String message) {
        return unavailable(stream, path, 1, InvalidResponseException.malformed(message));
    }

    /** The server's clock as of its last response; the local clock if that had no time. */
    public Instant serverTime() {
        return serverTime.equals(Instant.MIN) ? clock.instant() : serverTime;
    }

    /** The address of a document for messages: without query and credentials. */
    public String address(String path) {
        return url + path;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private Duration wait(InvalidResponseException e, int attempt) {
        Duration asked = e.retryAfter();
        return asked == null ? backoff.after(attempt, random) : asked;
    }

    private void pause(
            ApiRequest request, int attempt, Duration wait, InvalidResponseException reason)
            throws SourceUnavailableException {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unavailable(request.stream(), request.path(), attempt, reason);
        }
    }

    private SourceUnavailableException unavailable(
            @Nullable Stream stream, String path, int attempts, InvalidResponseException e) {
        String message =
                "%s %s (asked %s)."
                        .formatted(
                                address(path),
                                e.getMessage(),
                                attempts == 1 ? "once" : attempts + " times");
        return new SourceUnavailableException(
                new Problem(
                        stream == null ? null : stream.canonicalName(),
                        address(path),
                        null,
                        e.property(),
                        e.rule(),
                        message),
                e);
    }

    private ApiResponse once(ApiRequest request) throws InvalidResponseException {
        ApiResponse response = new ApiResponse(send(http(request)), advice);
        Instant date = response.date("Date");
        if (date != null) {
            serverTime = date;
        }
        int status = response.status();
        if (status == 408 || status == 425 || status == 429 || status >= 500) {
            throw InvalidResponseException.unavailable(
                    retryAfter(response),
                    "answers " + status + code(advice.errorCode(response)),
                    null);
        }
        if (status != 200) {
            throw advice.rejected(response);
        }
        return response;
    }

    private static String code(String error) {
        return error.isEmpty() ? "" : " (" + error + ")";
    }

    private HttpRequest http(ApiRequest request) {
        HttpRequest.Builder http =
                HttpRequest.newBuilder(
                                URI.create(address(request.path()) + query(request.query())))
                        .header("Accept", "application/json")
                        .header("User-Agent", "ShopFlow");
        return request.authorized()
                ? http.header("Authorization", authorization).build()
                : http.build();
    }

    private static String query(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? ""
                : new TreeMap<>(parameters)
                        .entrySet().stream()
                                .map(
                                        each ->
                                                encoded(each.getKey())
                                                        + "="
                                                        + encoded(each.getValue()))
                                .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws InvalidResponseException {
        CompletableFuture<HttpResponse<byte[]>> response =
                http.sendAsync(request, head -> new BoundedBody(ApiResponse.MAX_BYTES));
        try {
            // The request's own time-out ends with the headers; this one includes the body.
            return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String fault = CertificateFault.of(cause);
            throw fault == null
                    ? InvalidResponseException.unavailable(
                            null, "does not answer: " + reason(cause), cause)
                    : InvalidResponseException.refused("url", fault);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw InvalidResponseException.unavailable(
                    null,
                    "does not answer: no complete answer within %d ms"
                            .formatted(timeout.toMillis()),
                    e);
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw InvalidResponseException.unavailable(null, "was interrupted", e);
        }
    }

    private @Nullable Duration retryAfter(ApiResponse response) {
        String value = response.header("Retry-After");
        if (value != null && value.strip().matches("\\d{1,6}")) {
            return Duration.ofSeconds(Long.parseLong(value.strip()));
        }
        Instant until = response.date("Retry-After");
        if (until == null) {
            return null;
        }
        Duration wait = Duration.between(serverTime(), until);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    /** The kind of a failure, and the first message in the chain of its causes. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return failure.getClass().getSimpleName()
                + ": "
                + (message == null ? cause.getClass().getSimpleName() : message);
    }
}

package io.shopflow.extract.api;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.shopflow.core.run.Problem;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.source.SourceUnavailableException;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to an API, and retries where that may help. What it returns has the shape that the
 * caller expects; everything else ends in a {@link SourceUnavailableException} that names address,
 * status and what to do.
 *
 * <p>All clients of a process share the limits of a host: see {@link HostLimits}.
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
    private final ApiResource api;
    private final HostGate host;
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
     * @param timeout for connecting, and for the next bytes of a response
     */
    public ApiClient(
            URI url,
            String authorization,
            Duration timeout,
            Backoff backoff,
            HostLimits hosts,
            ErrorAdvice advice) {
        String address = url.toString();
        this.url = address.endsWith("/") ? address : address + "/";
        this.authorization = authorization;
        this.timeout = timeout;
        this.backoff = backoff;
        this.host = hosts.of(url);
        this.advice = advice;
        this.api =
                QuarkusRestClientBuilder.newBuilder()
                        .baseUri(URI.create(this.url))
                        .connectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .readTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        // Of the body: the read time-out ends with the headers.
                        .httpClientOptions(
                                new HttpClientOptions()
                                        .setReadIdleTimeout((int) timeout.toMillis())
                                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS))
                        .followRedirects(false)
                        .userAgent("ShopFlow")
                        // Statuses are handled here; an exception would lose the body.
                        .property("microprofile.rest.client.disable.default.mapper", true)
                        .build(ApiResource.class);
    }

    /** Sends a request until its response can be read, or until retries do not help. */
    public <T> T get(ApiRequest request, Reading<T> reading) throws SourceUnavailableException {
        String rejection = host.rejection();
        if (rejection != null) {
            throw unavailable(
                    request,
                    rejection,
                    InvalidResponseException.unavailable(null, rejection, null));
        }
        for (int attempt = 1; ; attempt++) {
            try {
                T content = reading.read(once(request));
                host.answered();
                return content;
            } catch (InvalidResponseException e) {
                Duration wait = wait(e, attempt);
                if (!e.retryable()) {
                    host.answered();
                } else if (attempt < backoff.attempts() && wait.compareTo(backoff.longest()) <= 0) {
                    LOG.warnf(
                            "api_request_retried address=%s attempt=%d wait_ms=%d reason=%s",
                            address(request.path()), attempt, wait.toMillis(), e.getMessage());
                    if (slept(wait)) {
                        continue;
                    }
                } else {
                    host.failed(String.valueOf(e.getMessage()));
                }
                throw unavailable(request, withAttempts(e, attempt), e);
            }
        }
    }

    /** A response of the right shape but with invalid content. */
    public SourceUnavailableException malformed(
            @Nullable StreamName stream, String path, String message) {
        InvalidResponseException e = InvalidResponseException.malformed(message);
        return unavailable(new ApiRequest(stream, path, Map.of(), true), withAttempts(e, 1), e);
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
        try {
            api.close();
        } catch (IOException e) {
            LOG.debugf(e, "api_client_close_failed address=%s", url);
        }
    }

    private Duration wait(InvalidResponseException e, int attempt) {
        Duration requested = e.retryAfter();
        return requested == null ? backoff.after(attempt, random) : requested;
    }

    /** Waits; returns false if the thread is interrupted. */
    private static boolean slept(Duration wait) {
        try {
            Thread.sleep(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String withAttempts(InvalidResponseException e, int attempts) {
        return "%s (%s)"
                .formatted(e.getMessage(), attempts == 1 ? "one attempt" : attempts + " attempts");
    }

    private SourceUnavailableException unavailable(
            ApiRequest request, String what, InvalidResponseException e) {
        String address = address(request.path());
        StreamName stream = request.stream();
        return new SourceUnavailableException(
                Problem.of(e.rule(), "%s %s.".formatted(address, what))
                        .of(stream)
                        .in(address)
                        .at(e.property()),
                e);
    }

    private ApiResponse once(ApiRequest request) throws InvalidResponseException {
        if (!slept(host.reserve())) {
            throw InvalidResponseException.unavailable(null, "was interrupted", null);
        }
        ApiResponse response = send(request);
        Instant date = response.date("Date");
        if (date != null) {
            serverTime = date;
        }
        int status = response.status();
        if (status == 408 || status == 425 || status == 429 || status >= 500) {
            throw InvalidResponseException.unavailable(
                    retryAfter(response),
                    "returns " + status + code(advice.errorCode(response)),
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

    private ApiResponse send(ApiRequest request) throws InvalidResponseException {
        try (Response response =
                api.get(
                        request.path(),
                        new TreeMap<>(request.query()),
                        request.authorized() ? authorization : null)) {
            return new ApiResponse(response, advice);
        } catch (ProcessingException | WebApplicationException | VertxException e) {
            String fault = CertificateFault.of(e);
            throw fault == null
                    ? InvalidResponseException.unavailable(null, "does not answer: " + reason(e), e)
                    : InvalidResponseException.refused("url", fault);
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

    /** The kind of the first cause, and its message. */
    private String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof HttpClosedException) {
            return "it closed the connection, or nothing was received for %d ms"
                    .formatted(timeout.toMillis());
        }
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}

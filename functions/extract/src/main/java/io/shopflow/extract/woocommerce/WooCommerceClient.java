package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.run.Problem;
import io.shopflow.core.stream.Stream;
import io.shopflow.extract.source.SourceUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the shop, and retries where that may help. Returned answers have the shape that
 * the API promises; everything else ends in a {@link SourceUnavailableException} that names
 * address, status and what to do.
 *
 * <p>After a request has failed for good, the next ones are tried only once until one succeeds, so
 * that each scan does not repeat all retries while the shop is down.
 */
final class WooCommerceClient implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WooCommerceClient.class);

    /** Bytes of one answer; a page of a hundred orders has about one megabyte. */
    static final int LARGEST_ANSWER = 32 * 1024 * 1024;

    private final URI url;
    private final String authorization;
    private final Backoff backoff;
    private final Clock clock;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Duration timeout;
    private final HttpClient http;
    private boolean gaveUp;
    private Instant shopTime = Instant.MIN;

    WooCommerceClient(WooCommerceSettings settings, Backoff backoff) {
        this.url = settings.url();
        this.authorization =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (settings.consumerKey() + ":" + settings.consumerSecret())
                                                .getBytes(StandardCharsets.UTF_8));
        this.backoff = backoff;
        this.clock = Clock.systemUTC();
        this.timeout = settings.timeout();
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timeout)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    /** A page of a list. Rows that are not objects with an id make the answer malformed. */
    ListPage list(@Nullable Stream stream, String resource, Map<String, String> query)
            throws SourceUnavailableException {
        return ask(stream, resource, query, WooCommerceClient::listPage);
    }

    /** The number of rows of a list, from its first page: beyond the end the shop returns 0. */
    long count(Stream stream, String resource, Map<String, String> query)
            throws SourceUnavailableException {
        Map<String, String> onePage = new TreeMap<>(query);
        onePage.put("page", "1");
        onePage.put("per_page", "1");
        onePage.put("_fields", "id");
        return list(stream, resource, onePage).total();
    }

    /** Any other document of the API: an object or an array. */
    JsonNode document(String resource) throws SourceUnavailableException {
        return ask(null, resource, Map.of(), response -> json(response.body()));
    }

    /** As {@link #document}, but null if the key may not read it or the shop has none. */
    @Nullable JsonNode optionalDocument(String resource, Map<String, String> query)
            throws SourceUnavailableException {
        return ask(
                null,
                resource,
                query,
                response -> json(response.body()),
                exception -> exception.rule().equals("source_refused"));
    }

    /** As above, for documents that are archived. */
    @Nullable JsonNode optionalDocument(
            String resource, Map<String, String> query, Consumer<byte[]> archive)
            throws SourceUnavailableException {
        return ask(
                null,
                resource,
                query,
                response -> {
                    JsonNode document = json(response.body());
                    archive.accept(response.body());
                    return document;
                },
                exception -> exception.rule().equals("source_refused"));
    }

    /**
     * The site's public description; null if it is missing or has another form, since sites are
     * often hardened to hide it.
     */
    @Nullable JsonNode site() throws SourceUnavailableException {
        return ask(
                null,
                "",
                Map.of("_fields", "timezone_string,gmt_offset"),
                response -> json(response.body()),
                exception -> !exception.rule().equals(SourceUnavailableException.UNAVAILABLE));
    }

    /** An answer of the right shape but with invalid content. */
    SourceUnavailableException malformed(@Nullable Stream stream, String resource, String says) {
        return unavailable(stream, resource, 1, InvalidResponseException.malformed(says, null));
    }

    /** The shop's clock as of its last answer; the local clock if the answer has no time. */
    Instant shopTime() {
        return shopTime.equals(Instant.MIN) ? clock.instant() : shopTime;
    }

    /** The address of a resource for messages: without query and key. */
    String address(String resource) {
        return trimmed(url.toString())
                + "/wp-json/"
                + (resource.isEmpty() ? "" : "wc/v3/" + resource);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** An answer as received. */
    private static final class Reply {
        private final int status;
        private final HttpHeaders headers;
        private final byte[] body;

        private Reply(HttpResponse<byte[]> response) {
            this.status = response.statusCode();
            this.headers = response.headers();
            this.body = response.body();
        }

        int status() {
            return status;
        }

        byte[] body() {
            return body;
        }

        @Nullable String header(String name) {
            return headers.firstValue(name).orElse(null);
        }
    }

    private interface Reading<T> {
        T read(Reply response) throws InvalidResponseException;
    }

    private interface Excuse {
        boolean excuses(InvalidResponseException exception);
    }

    private <T> T ask(
            @Nullable Stream stream, String resource, Map<String, String> query, Reading<T> reading)
            throws SourceUnavailableException {
        T answer = ask(stream, resource, query, reading, exception -> false);
        if (answer == null) {
            throw new IllegalStateException("only an excused failure gives no answer");
        }
        return answer;
    }

    private <T> @Nullable T ask(
            @Nullable Stream stream,
            String resource,
            Map<String, String> query,
            Reading<T> reading,
            Excuse excuse)
            throws SourceUnavailableException {
        int attempts = gaveUp ? 1 : backoff.attempts();
        for (int attempt = 1; ; attempt++) {
            try {
                T answer = reading.read(once(resource, query));
                gaveUp = false;
                return answer;
            } catch (InvalidResponseException e) {
                if (excuse.excuses(e)) {
                    return null;
                }
                Duration wait = wait(e, attempt);
                if (!e.retryable()
                        || attempt >= attempts
                        || wait.compareTo(backoff.longest()) > 0) {
                    gaveUp = e.retryable();
                    throw unavailable(stream, resource, attempt, e);
                }
                LOG.warnf(
                        "shop_request_retried address=%s attempt=%d wait_ms=%d reason=%s",
                        address(resource), attempt, wait.toMillis(), e.getMessage());
                pause(stream, resource, attempt, wait, e);
            }
        }
    }

    private Duration wait(InvalidResponseException e, int attempt) {
        Duration asked = e.retryAfter();
        return asked == null ? backoff.after(attempt, random) : asked;
    }

    private void pause(
            @Nullable Stream stream,
            String resource,
            int attempt,
            Duration wait,
            InvalidResponseException reason)
            throws SourceUnavailableException {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unavailable(stream, resource, attempt, reason);
        }
    }

    private SourceUnavailableException unavailable(
            @Nullable Stream stream, String resource, int attempts, InvalidResponseException e) {
        String message =
                "%s %s (asked %s)."
                        .formatted(
                                address(resource),
                                e.getMessage(),
                                attempts == 1 ? "once" : attempts + " times");
        return new SourceUnavailableException(
                new Problem(
                        stream == null ? null : stream.canonicalName(),
                        address(resource),
                        null,
                        e.property(),
                        e.rule(),
                        message),
                e);
    }

    private Reply once(String resource, Map<String, String> query) throws InvalidResponseException {
        Reply reply = send(request(resource, query));
        noteShopTime(reply);
        if (reply.status() != 200) {
            throw unusable(reply);
        }
        return reply;
    }

    private HttpRequest request(String resource, Map<String, String> query) {
        String parameters =
                query.entrySet().stream()
                        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&"));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(
                                        address(resource)
                                                + (parameters.isEmpty() ? "" : "?" + parameters)))
                        .header("Accept", "application/json")
                        .header("User-Agent", "ShopFlow");
        return resource.isEmpty()
                ? request.build()
                : request.header("Authorization", authorization).build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Reply send(HttpRequest request) throws InvalidResponseException {
        CompletableFuture<HttpResponse<byte[]>> response =
                http.sendAsync(request, head -> new BoundedBody(LARGEST_ANSWER));
        try {
            // The request's own time-out ends with the headers; this one includes the body.
            return new Reply(response.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String distrust = BadCertificate.of(cause);
            throw distrust == null
                    ? InvalidResponseException.away(
                            null, "does not answer: " + reason(cause), cause)
                    : InvalidResponseException.refused("url", distrust);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw InvalidResponseException.away(
                    null,
                    "does not answer: no complete answer within %d ms"
                            .formatted(timeout.toMillis()),
                    e);
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw InvalidResponseException.away(null, "was interrupted", e);
        }
    }

    private InvalidResponseException unusable(Reply response) {
        int status = response.status();
        String says = "answers " + status + errorCode(response);
        return switch (status) {
            case 401 ->
                    InvalidResponseException.refused(
                            "key",
                            says
                                    + ": check the properties key and secret; the key must exist in"
                                    + " the shop and have read permission");
            case 403 ->
                    InvalidResponseException.refused(
                            "key",
                            says
                                    + ": the user of the key may not read this, or a firewall in"
                                    + " front of the shop refuses us");
            case 404 ->
                    InvalidResponseException.refused(
                            "url",
                            says
                                    + (isOfApi(response)
                                            ? ": check that WooCommerce is active there, in version"
                                                    + " 5.8 or newer"
                                            : ": check the property url. If the shop is there, its"
                                                    + " permalinks are 'plain', which its API does"
                                                    + " without: choose any other form in WordPress"
                                                    + " under Settings, Permalinks"));
            case 408, 425, 429 -> InvalidResponseException.away(retryAfter(response), says, null);
            default ->
                    status >= 500
                            ? InvalidResponseException.away(retryAfter(response), says, null)
                            : status >= 300 && status < 400
                                    ? InvalidResponseException.refused(
                                            "url", says + redirectedTo(response))
                                    : InvalidResponseException.refused(
                                            null,
                                            says
                                                    + ": this WooCommerce does not understand the"
                                                    + " request; it must be version 5.8 or newer,"
                                                    + " and have every state that the property"
                                                    + " statuses names");
        };
    }

    private static String redirectedTo(Reply response) {
        String location = response.header("Location");
        String address = location == null ? "nowhere" : withoutSecrets(location);
        return PageOfText.isLogin(address)
                ? ", a redirect to a login page, "
                        + address
                        + ": let everybody reach /wp-json/ (the keys protect it), in the plugin that"
                        + " asks visitors to log in"
                : ", a redirect to "
                        + address
                        + ": put the address that the shop really has into the property url";
    }

    private static String withoutSecrets(String location) {
        String address = location.split("[?#]", 2)[0].replaceAll("//[^/@]*@", "//");
        return address.substring(0, Math.min(200, address.length()));
    }

    /**
     * Whether the answer comes from WordPress, and not from a server that shows a page under this
     * name.
     */
    private static boolean isOfApi(Reply response) {
        return !errorCode(response).isEmpty();
    }

    /** WordPress's code of an error; its message is not used, as it may quote the request. */
    private static String errorCode(Reply response) {
        try {
            String code = json(response.body()).path("code").asText("");
            return code.matches("[a-z0-9_]{1,80}") ? " (" + code + ")" : "";
        } catch (InvalidResponseException e) {
            return "";
        }
    }

    private @Nullable Duration retryAfter(Reply response) {
        String value = response.header("Retry-After");
        if (value == null) {
            return null;
        }
        if (value.strip().matches("\\d{1,6}")) {
            return Duration.ofSeconds(Long.parseLong(value.strip()));
        }
        Instant until = httpDate(value);
        if (until == null) {
            return null;
        }
        Duration wait = Duration.between(shopTime(), until);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private void noteShopTime(Reply response) {
        String value = response.header("Date");
        Instant date = value == null ? null : httpDate(value);
        if (date != null) {
            shopTime = date;
        }
    }

    private static @Nullable Instant httpDate(String value) {
        try {
            return ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
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

    private static ListPage listPage(Reply response) throws InvalidResponseException {
        byte[] body = response.body();
        JsonNode array = json(body);
        if (!array.isArray()) {
            throw InvalidResponseException.malformed("answers JSON that is no list", null);
        }
        List<JsonNode> rows = new ArrayList<>(array.size());
        for (JsonNode row : array) {
            if (!row.path("id").canConvertToLong() || !row.path("id").isIntegralNumber()) {
                throw InvalidResponseException.malformed(
                        "answers a list with an entry that has no id", null);
            }
            rows.add(row);
        }
        long total = total(response, "X-WP-Total");
        if (total < rows.size()) {
            throw InvalidResponseException.malformed(
                    "answers %d rows and says there are %d".formatted(rows.size(), total), null);
        }
        return new ListPage(body, rows, total, total(response, "X-WP-TotalPages"));
    }

    private static long total(Reply response, String header) throws InvalidResponseException {
        String total = response.header(header);
        if (total == null || !total.strip().matches("\\d{1,15}")) {
            throw InvalidResponseException.malformed(
                    "answers without the header "
                            + header
                            + "; a proxy in front of the shop may drop it",
                    null);
        }
        return Long.parseLong(total.strip());
    }

    private static JsonNode json(byte[] body) throws InvalidResponseException {
        if (body.length == 0) {
            throw InvalidResponseException.malformed("answers nothing", null);
        }
        if (body.length > LARGEST_ANSWER) {
            throw InvalidResponseException.refused(
                    "page_size",
                    "answers with more than %d MB: lower the property page_size, and look for a row with an outsized value in the shop"
                            .formatted(LARGEST_ANSWER >> 20));
        }
        try {
            JsonNode node = BoundedJson.read(body);
            if (!node.isContainerNode()) {
                throw InvalidResponseException.malformed("answers something else than JSON", null);
            }
            return node;
        } catch (IOException e) {
            // The parser's message quotes the body, which may contain personal data.
            throw InvalidResponseException.malformed(PageOfText.what(body), null);
        }
    }

    private static String trimmed(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }
}

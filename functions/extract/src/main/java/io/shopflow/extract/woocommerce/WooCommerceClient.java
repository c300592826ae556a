package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.api.ApiClient;
import io.shopflow.extract.api.ApiRequest;
import io.shopflow.extract.api.ApiResponse;
import io.shopflow.extract.api.Backoff;
import io.shopflow.extract.api.HostLimits;
import io.shopflow.extract.api.InvalidResponseException;
import io.shopflow.extract.api.ListPage;
import io.shopflow.extract.source.SourceUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The documents of WooCommerce's REST API, version 3, and of the WordPress that it is part of. */
final class WooCommerceClient implements AutoCloseable {

    private static final String SITE = "wp-json/";
    private static final String SHOP = "wp-json/wc/v3/";

    private final ApiClient http;

    WooCommerceClient(WooCommerceSettings settings, Backoff backoff, HostLimits hosts) {
        String credentials = settings.consumerKey() + ":" + settings.consumerSecret();
        this.http =
                new ApiClient(
                        settings.url(),
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(
                                                credentials.getBytes(StandardCharsets.UTF_8)),
                        settings.timeout(),
                        backoff,
                        hosts,
                        new WordPressErrors());
    }

    /** A page of a list. Rows that are not objects with an id make the response malformed. */
    ListPage list(StreamName stream, String resource, Map<String, String> query)
            throws SourceUnavailableException {
        return http.get(request(stream, resource, query), WooCommerceClient::listPage);
    }

    /**
     * A page of a sorted list.
     *
     * @param number of the page, from 1
     */
    ListPage page(
            StreamName stream,
            String resource,
            Map<String, String> query,
            String order,
            long number,
            int pageSize)
            throws SourceUnavailableException {
        Map<String, String> page = new TreeMap<>(query);
        page.put("orderby", order);
        page.put("order", "asc");
        page.put("per_page", Integer.toString(pageSize));
        page.put("page", Long.toString(number));
        return list(stream, resource, page);
    }

    /** The number of rows of a list, from its first page: beyond the end the shop returns 0. */
    long count(StreamName stream, String resource, Map<String, String> query)
            throws SourceUnavailableException {
        Map<String, String> onePage = new TreeMap<>(query);
        onePage.put("page", "1");
        onePage.put("per_page", "1");
        onePage.put("_fields", "id");
        return list(stream, resource, onePage).total();
    }

    /** Any other document of the API: an object or an array. */
    JsonNode document(String resource) throws SourceUnavailableException {
        return http.get(request(null, resource, Map.of()), ApiResponse::json);
    }

    /** As {@link #document}, but empty if the key may not read it or the shop has none. */
    Optional<JsonNode> optionalDocument(String resource, Map<String, String> query)
            throws SourceUnavailableException {
        return optionalDocument(resource, query, body -> {});
    }

    /** As above, for documents that are archived. */
    Optional<JsonNode> optionalDocument(
            String resource, Map<String, String> query, Consumer<byte[]> archive)
            throws SourceUnavailableException {
        return unlessRefused(
                request(null, resource, query),
                response -> {
                    JsonNode document = response.json();
                    archive.accept(response.body());
                    return Optional.of(document);
                });
    }

    /**
     * The site's public description; empty if it is missing or has another form, since sites are
     * often hardened to hide it.
     */
    Optional<JsonNode> site() throws SourceUnavailableException {
        return unlessRefused(
                new ApiRequest(null, SITE, Map.of("_fields", "timezone_string,gmt_offset"), false),
                response -> {
                    try {
                        return Optional.of(response.json());
                    } catch (InvalidResponseException e) {
                        return Optional.empty();
                    }
                });
    }

    /** A response of the right shape but with invalid content. */
    SourceUnavailableException malformed(
            @Nullable StreamName stream, String resource, String message) {
        return http.malformed(stream, SHOP + resource, message);
    }

    /** The shop's clock as of its last response. */
    Instant shopTime() {
        return http.serverTime();
    }

    /** The address of a resource for messages: without query and key. */
    String address(String resource) {
        return http.address(SHOP + resource);
    }

    /** The address of the site's description. */
    String siteAddress() {
        return http.address(SITE);
    }

    @Override
    public void close() {
        http.close();
    }

    private static ApiRequest request(
            @Nullable StreamName stream, String resource, Map<String, String> query) {
        return new ApiRequest(stream, SHOP + resource, query, true);
    }

    private Optional<JsonNode> unlessRefused(
            ApiRequest request, ApiClient.Reading<Optional<JsonNode>> reading)
            throws SourceUnavailableException {
        try {
            return http.get(request, reading);
        } catch (SourceUnavailableException e) {
            if (e.problem().rule().equals(SourceUnavailableException.REFUSED)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static ListPage listPage(ApiResponse response) throws InvalidResponseException {
        JsonNode array = response.json();
        if (!array.isArray()) {
            throw InvalidResponseException.malformed("returns JSON that is not a list");
        }
        List<JsonNode> rows = new ArrayList<>(array.size());
        for (JsonNode row : array) {
            if (!row.path("id").canConvertToLong() || !row.path("id").isIntegralNumber()) {
                throw InvalidResponseException.malformed(
                        "returns a list with an entry that has no id");
            }
            rows.add(row);
        }
        long total = total(response, "X-WP-Total");
        if (total < rows.size()) {
            throw InvalidResponseException.malformed(
                    "returns %d rows, but a total of %d".formatted(rows.size(), total));
        }
        return new ListPage(response.body(), rows, total, total(response, "X-WP-TotalPages"));
    }

    private static long total(ApiResponse response, String header) throws InvalidResponseException {
        String total = response.header(header);
        if (total == null || !total.strip().matches("\\d{1,15}")) {
            throw InvalidResponseException.malformed(
                    "returns no header " + header + "; a proxy in front of the shop may drop it");
        }
        return Long.parseLong(total.strip());
    }
}

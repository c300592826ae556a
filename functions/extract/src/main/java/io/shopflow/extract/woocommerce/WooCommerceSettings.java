package io.shopflow.extract.woocommerce;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a WooCommerce shop and how to read it.
 *
 * @param url the shop's address, e.g. {@code https://shop.example}; the API is expected under
 *     {@code /wp-json/wc/v3}
 * @param consumerKey key of the REST API; read permission is enough
 * @param consumerSecret the key's secret
 * @param zone the shop's time zone; null: read from the shop
 * @param overlap how far before the last watermark an incremental run begins, for changes that
 *     became visible late
 * @param pageSize rows per request, 1 to 100
 * @param timeout for connecting, and for one answer
 * @param statuses the shop's own order states to canonical ones, in addition to those of every
 *     WooCommerce
 */
public record WooCommerceSettings(
        URI url,
        String consumerKey,
        String consumerSecret,
        @Nullable ZoneId zone,
        Duration overlap,
        int pageSize,
        Duration timeout,
        Map<String, String> statuses) {

    /** The overlap for a shop whose requests end within five minutes. */
    public static final Duration DEFAULT_OVERLAP = Duration.ofMinutes(5);

    /** The largest page size of WooCommerce. */
    public static final int MAX_PAGE_SIZE = 100;

    /** Checks values that would otherwise fail at the shop; messages name the property. */
    public WooCommerceSettings {
        statuses = Map.copyOf(statuses);
        String scheme = url.getScheme();
        if (url.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
            throw new IllegalArgumentException("url must be an address like https://shop.example");
        }
        if (url.getUserInfo() != null || url.getQuery() != null) {
            throw new IllegalArgumentException(
                    "url must carry no credentials and no query; use the properties for the key");
        }
        if ("http".equals(scheme) && !isLoopback(url.getHost())) {
            throw new IllegalArgumentException(
                    "url must begin with https: over plain http the key"
                            + " could be read by anyone on the way");
        }
        if (consumerKey.isBlank() || consumerSecret.isBlank()) {
            throw new IllegalArgumentException(
                    "key and secret must be given; WooCommerce makes them under"
                            + " Settings, Advanced, REST API");
        }
        if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException(
                    "page_size must be between 1 and " + MAX_PAGE_SIZE + ", not " + pageSize);
        }
        if (overlap.isNegative()) {
            throw new IllegalArgumentException("overlap must not be negative: " + overlap);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive: " + timeout);
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("[::1]")
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    /** Without key and secret, since settings may appear in messages and logs. */
    @Override
    public String toString() {
        return "WooCommerceSettings[url="
                + url
                + ", zone="
                + zone
                + ", overlap="
                + overlap
                + ", pageSize="
                + pageSize
                + ", timeout="
                + timeout
                + ", statuses="
                + statuses
                + "]";
    }
}

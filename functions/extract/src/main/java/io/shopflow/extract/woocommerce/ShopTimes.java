package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Times as WooCommerce writes them: {@code date_created_gmt} in UTC and {@code date_created} in the
 * shop's zone, both without a suffix.
 */
final class ShopTimes {

    // The only form that every version of WooCommerce, with either order storage, reads in the same
    // way, together with dates_are_gmt=true. With a Z, products and old order storage are an hour
    // off in summer; with fractions of seconds, new order storage reads it as local time.
    private static final DateTimeFormatter SAFE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private final ZoneId zone;

    ShopTimes(ZoneId zone) {
        this.zone = zone;
    }

    /** An instant in the only form that is safe in a filter. */
    static String filter(Instant instant) {
        return SAFE.format(instant);
    }

    /** The time of this name in UTC as the shop wrote it; empty if there is none. */
    String text(JsonNode row, String name) {
        String gmt = row.path(name + "_gmt").asText("");
        if (!gmt.isEmpty()) {
            return gmt;
        }
        Instant instant = instant(row, name);
        return instant == null ? row.path(name).asText("") : instant.toString();
    }

    /** The time of this name; null if it is missing or invalid. */
    @Nullable Instant instant(JsonNode row, String name) {
        String gmt = row.path(name + "_gmt").asText("");
        String local = row.path(name).asText("");
        try {
            if (!gmt.isEmpty()) {
                return LocalDateTime.parse(withoutSuffix(gmt))
                        .toInstant(ZoneOffset.UTC)
                        .truncatedTo(ChronoUnit.SECONDS);
            }
            return local.isEmpty() ? null : LocalDateTime.parse(local).atZone(zone).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static String withoutSuffix(String gmt) {
        return gmt.endsWith("Z") ? gmt.substring(0, gmt.length() - 1) : gmt;
    }
}

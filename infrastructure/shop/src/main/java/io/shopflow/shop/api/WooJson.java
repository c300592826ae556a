package io.shopflow.shop.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.shop.world.Person;
import io.shopflow.shop.world.Shop;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all JSON of WooCommerce 11 has in common: dates, links, addresses, and the templates of
 * rows, which are files beside this class. A template has all fields in WooCommerce's order, with
 * the values that are the same in each row; a field keeps its place when it is set.
 */
final class WooJson {
    /** ASCII only, like PHP's JSON. */
    static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .enable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
                    .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                    .build();

    /** The methods of a row that can be changed and deleted. */
    static final List<String> ALL_METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    /** The methods of a row that can be changed but not deleted. */
    static final List<String> READ_AND_UPDATE = List.of("GET", "POST", "PUT", "PATCH");

    private static final DateTimeFormatter WIRE_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static final Map<String, JsonNode> TEMPLATES = new ConcurrentHashMap<>();

    private final Shop shop;
    private final String base;

    /**
     * For a shop whose API is at {@code base}, e.g. {@code http://127.0.0.1:8080/wp-json/wc/v3}.
     */
    WooJson(Shop shop, String base) {
        this.shop = shop;
        this.base = base;
    }

    /** A new row of a template, e.g. {@code order} for {@code order.json}. */
    static ObjectNode row(String template) {
        return TEMPLATES.computeIfAbsent(template, WooJson::load).deepCopy();
    }

    /** A new list of a template. */
    static ArrayNode list(String template) {
        return TEMPLATES.computeIfAbsent(template, WooJson::load).deepCopy();
    }

    private static JsonNode load(String template) {
        String file = template + ".json";
        try (InputStream in =
                Objects.requireNonNull(WooJson.class.getResourceAsStream(file), file)) {
            return MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of a path of the API. */
    String url(String path) {
        return base + path;
    }

    /** Adds {@code _links} to a row and returns them. */
    ObjectNode links(ObjectNode row, String self, String collection, List<String> methods) {
        ObjectNode links = row.putObject("_links");
        ObjectNode own = links.putArray("self").addObject();
        own.put("href", url(self));
        methods.forEach(own.putObject("targetHints").putArray("allow")::add);
        link(links, "collection", collection);
        return links;
    }

    /** Adds a link to other rows. */
    void link(ObjectNode links, String relation, String path) {
        links.putArray(relation).addObject().put("href", url(path));
    }

    /**
     * Sets a date: in the shop's time zone without an offset, and as {@code …_gmt} in UTC without a
     * {@code Z}.
     *
     * @param instant epoch seconds; 0: null
     */
    void date(ObjectNode row, String field, long instant) {
        row.put(field, instant == 0 ? null : wireTime(instant, shop.zone()));
        row.put(field + "_gmt", instant == 0 ? null : wireTime(instant, ZoneOffset.UTC));
    }

    private static String wireTime(long instant, ZoneId zone) {
        return LocalDateTime.ofInstant(Instant.ofEpochSecond(instant), zone).format(WIRE_TIME);
    }

    /** Sets the addresses of a row. */
    static void addresses(ObjectNode row, Person person) {
        address(row.withObject("/shipping"), person);
        ObjectNode billing = row.withObject("/billing");
        address(billing, person);
        billing.put("email", person.email());
        billing.put("phone", person.phone());
    }

    private static void address(ObjectNode address, Person person) {
        address.put("first_name", person.firstName());
        address.put("last_name", person.lastName());
        address.put("company", person.company());
        address.put("address_1", person.addressLine1());
        address.put("address_2", person.addressLine2());
        address.put("city", person.city());
        address.put("state", person.region());
        address.put("postcode", person.postcode());
        address.put("country", person.country());
    }

    /** Adds an entry to {@code meta_data}. */
    static ObjectNode meta(ObjectNode row, long id, String key, String value) {
        return row.withArray("meta_data")
                .addObject()
                .put("id", id)
                .put("key", key)
                .put("value", value);
    }

    /** The address of a person's picture. */
    static String avatar(String email, int size) {
        return "https://secure.gravatar.com/avatar/%s?s=%d&d=mm&r=g"
                .formatted(sha256(email.toLowerCase(Locale.ROOT)), size);
    }

    /** Pence as a number of pounds without trailing zeros. */
    static JsonNode number(int pence) {
        return pence % 100 == 0
                ? JsonNodeFactory.instance.numberNode(pence / 100)
                : JsonNodeFactory.instance.numberNode(
                        BigDecimal.valueOf(pence, 2).stripTrailingZeros());
    }

    /** Pence as pounds with two decimals. */
    static String pounds(int pence) {
        return BigDecimal.valueOf(pence, 2).toPlainString();
    }

    /** A text that looks random and is the same for the same shop. */
    String secret(String of, int length) {
        return sha256(shop.plan().seed() + of).substring(0, length);
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}

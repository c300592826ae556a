package io.shopflow.shop.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.shop.api.ApiError.InvalidParameter;
import io.shopflow.shop.world.OrderState;
import io.shopflow.shop.world.Shop;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request, read and checked like WordPress does. Unknown parameters are ignored.
 * Invalid ones are collected and have their default, until {@link #check} rejects the request.
 */
final class Query {
    private static final Pattern LIST_KEY = Pattern.compile("(\\w+)\\[\\d*]");
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,9}");
    private static final Pattern DATE =
            Pattern.compile(
                    "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(?:\\.\\d+)?(Z|[+-]\\d\\d:?\\d\\d)?");

    private final Map<String, List<String>> parameters = new LinkedHashMap<>();
    private final Map<String, InvalidParameter> invalid = new LinkedHashMap<>();
    private final ZoneId zone;
    private final int defaultDecimals;

    private Query(ZoneId zone, int defaultDecimals) {
        this.zone = zone;
        this.defaultDecimals = defaultDecimals;
    }

    /** Where WooCommerce stores rows: it handles dates and totals of each storage differently. */
    enum Storage {
        /** WordPress's tables of posts, users and terms. */
        POSTS,
        /** WooCommerce's own tables, which hold orders and refunds. */
        ORDERS
    }

    static Query of(@Nullable String rawQuery, Shop shop) {
        Query query = new Query(shop.zone(), shop.decimals());
        if (rawQuery == null || rawQuery.isEmpty()) {
            return query;
        }
        for (String pair : rawQuery.split("&")) {
            int equals = pair.indexOf('=');
            String key = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            Matcher list = LIST_KEY.matcher(key);
            if (list.matches()) {
                query.parameters.computeIfAbsent(list.group(1), k -> new ArrayList<>()).add(value);
            } else {
                query.parameters.put(key, new ArrayList<>(List.of(value)));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** The last value of a parameter, or null. */
    @Nullable String text(String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : values.getLast();
    }

    /** The values of a parameter that may be repeated or separated by commas. */
    private List<String> list(String name, String defaultValue) {
        return parameters.getOrDefault(name, List.of(defaultValue)).stream()
                .flatMap(value -> Arrays.stream(value.split("[,\\s]+")))
                .toList();
    }

    /** Rejects the request if a parameter read so far is invalid; names all of them at once. */
    void check() {
        if (!invalid.isEmpty()) {
            throw ApiError.invalidParameters(invalid);
        }
    }

    private void reject(String name, String code, String message) {
        invalid.putIfAbsent(name, new InvalidParameter(code, message));
    }

    private boolean flag(String name) {
        String value = text(name);
        return "true".equals(value) || "1".equals(value);
    }

    int page() {
        int page = integer("page", 1);
        if (page < 1) {
            reject("page", "rest_out_of_bounds", "page must be greater than or equal to 1");
        }
        return Math.max(1, page);
    }

    int perPage() {
        int perPage = integer("per_page", 10);
        if (perPage < 1 || perPage > 100) {
            reject(
                    "per_page",
                    "rest_out_of_bounds",
                    "per_page must be between 1 (inclusive) and 100 (inclusive)");
        }
        return Math.clamp(perPage, 1, 100);
    }

    int decimals() {
        return Math.clamp(integer("dp", defaultDecimals), 0, 10);
    }

    private int integer(String name, int defaultValue) {
        String value = text(name);
        if (value == null) {
            return defaultValue;
        }
        if (!INTEGER.matcher(value).matches()) {
            reject(name, InvalidParameter.TYPE, name + " is not of type integer.");
            return defaultValue;
        }
        return Integer.parseInt(value);
    }

    String choice(String name, String defaultValue, List<String> choices) {
        String value = text(name);
        if (value == null || choices.contains(value)) {
            return value == null ? defaultValue : value;
        }
        reject(name, "rest_not_in_enum", name + " is not one of " + enumerated(choices) + ".");
        return defaultValue;
    }

    /**
     * The order of rows that {@code orderby} and {@code order} request.
     *
     * @param keys the keys that {@code orderby} may name
     * @param comparator the ascending order by a key
     */
    <T> Comparator<T> sorting(
            String defaultKey,
            String defaultDirection,
            List<String> keys,
            Function<String, Comparator<T>> comparator) {
        Comparator<T> ascending = comparator.apply(choice("orderby", defaultKey, keys));
        return choice("order", defaultDirection, List.of("asc", "desc")).equals("asc")
                ? ascending
                : ascending.reversed();
    }

    /** Whether an id is in a list parameter; without the parameter, each is. */
    LongPredicate ids(String name) {
        if (!parameters.containsKey(name)) {
            return id -> true;
        }
        Set<Long> ids =
                list(name, "").stream()
                        .filter(value -> INTEGER.matcher(value).matches())
                        .map(Long::valueOf)
                        .collect(Collectors.toSet());
        return ids::contains;
    }

    /** {@code any} overrides other states in the list. */
    Set<OrderState> states() {
        List<String> names = list("status", "any");
        Set<OrderState> states = EnumSet.noneOf(OrderState.class);
        for (String name : names) {
            if (!name.equals("any")) {
                OrderState.named(name)
                        .ifPresentOrElse(states::add, () -> rejectState(names.indexOf(name)));
            }
        }
        return names.contains("any") ? OrderState.any() : states;
    }

    private void rejectState(int position) {
        List<String> known = new ArrayList<>(OrderState.wireNames());
        known.addFirst("any");
        reject(
                "status",
                "rest_not_in_enum",
                "status[" + position + "] is not one of " + enumerated(known) + ".");
    }

    private static String enumerated(List<String> choices) {
        return String.join(", ", choices.subList(0, choices.size() - 1))
                + (choices.size() > 2 ? ", and " : " and ")
                + choices.getLast();
    }

    /** A span of time in epoch seconds; both ends are outside it. */
    record TimeWindow(long after, long before) {
        boolean contains(long instant) {
            return instant > after && instant < before;
        }
    }

    /** The window of {@code after} and {@code before}: of the rows' creation. */
    TimeWindow created(Storage storage) {
        return new TimeWindow(
                bound("after", Long.MIN_VALUE, storage), bound("before", Long.MAX_VALUE, storage));
    }

    /** The window of {@code modified_after} and {@code modified_before}. */
    TimeWindow modified(Storage storage) {
        return new TimeWindow(
                bound("modified_after", Long.MIN_VALUE, storage),
                bound("modified_before", Long.MAX_VALUE, storage));
    }

    private long bound(String name, long defaultValue, Storage storage) {
        String value = text(name);
        if (value == null) {
            return defaultValue;
        }
        Matcher date = DATE.matcher(value);
        try {
            if (date.matches()) {
                return bound(date, storage);
            }
        } catch (DateTimeException noSuchDay) {
            // The format is right but the day does not exist: rejected below like any other text.
        }
        reject(name, "rest_invalid_date", "Invalid date.");
        return defaultValue;
    }

    /** Only UTC without suffix, with {@code dates_are_gmt}, is always interpreted correctly. */
    private long bound(Matcher date, Storage storage) {
        LocalDateTime digits = LocalDateTime.parse(date.group(1));
        String suffix = date.group(2);
        boolean gmt = flag("dates_are_gmt");
        if (suffix == null) {
            return gmt ? digits.toEpochSecond(ZoneOffset.UTC) : digits.atZone(zone).toEpochSecond();
        }
        OffsetDateTime instant = digits.atOffset(ZoneOffset.of(suffix));
        return switch (storage) {
            // Without dates_are_gmt the digits are read as local time, whatever zone they name.
            case ORDERS -> gmt ? instant.toEpochSecond() : digits.atZone(zone).toEpochSecond();
            // The instant is converted to local time, then compared with GMT.
            case POSTS -> {
                int offset = zone.getRules().getOffset(instant.toInstant()).getTotalSeconds();
                yield instant.toEpochSecond() + (gmt ? offset : 0);
            }
        };
    }

    /** The fields of a row that {@code _fields} lists, in the row's order; without it, all. */
    ObjectNode select(ObjectNode row) {
        List<String> paths = list("_fields", "").stream().filter(path -> !path.isEmpty()).toList();
        return paths.isEmpty() ? row : select(row, paths);
    }

    private static ObjectNode select(ObjectNode row, List<String> paths) {
        ObjectNode selected = row.objectNode();
        row.properties()
                .forEach(
                        field -> {
                            String prefix = field.getKey() + ".";
                            if (paths.contains(field.getKey())) {
                                selected.set(field.getKey(), field.getValue());
                            } else if (field.getValue() instanceof ObjectNode inner) {
                                List<String> within =
                                        paths.stream()
                                                .filter(path -> path.startsWith(prefix))
                                                .map(path -> path.substring(prefix.length()))
                                                .toList();
                                ObjectNode part = select(inner, within);
                                if (!part.isEmpty()) {
                                    selected.set(field.getKey(), part);
                                }
                            }
                        });
        return selected;
    }

    /**
     * The query for another page, as WordPress writes it into {@code Link}.
     *
     * @param statusByName whether {@code status} is written out as a list
     * @param defaults added for parameters that the request lacks
     */
    String forPage(int page, boolean statusByName, Map<String, String> defaults) {
        Map<String, String> pairs = new LinkedHashMap<>();
        parameters.forEach(
                (name, values) -> {
                    if (!statusByName || !name.equals("status")) {
                        pairs.put(name, values.getLast());
                        return;
                    }
                    List<String> states = list(name, "");
                    for (int i = 0; i < states.size(); i++) {
                        pairs.put("status[" + i + "]", states.get(i));
                    }
                });
        if (statusByName && !parameters.containsKey("status")) {
            pairs.put("status[0]", "any");
        }
        defaults.forEach(pairs::putIfAbsent);
        pairs.put("page", Integer.toString(page));
        return pairs.entrySet().stream()
                .map(pair -> encoded(pair.getKey()) + "=" + encoded(pair.getValue()))
                .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

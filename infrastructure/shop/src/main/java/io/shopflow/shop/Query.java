package io.shopflow.shop;

import io.shopflow.shop.ApiError.Fault;
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
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The query of a request, read and checked like WordPress does. Unknown parameters are ignored. */
final class Query {
    private static final Pattern LIST_KEY = Pattern.compile("(\\w+)\\[\\d*]");
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,9}");
    private static final Pattern DATE =
            Pattern.compile(
                    "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(?:\\.\\d+)?(Z|[+-]\\d\\d:?\\d\\d)?");

    private final Map<String, List<String>> parameters = new LinkedHashMap<>();
    private final Map<String, Fault> faults = new LinkedHashMap<>();
    private final ZoneId zone;
    private final int usualDecimals;

    private Query(ZoneId zone, int usualDecimals) {
        this.zone = zone;
        this.usualDecimals = usualDecimals;
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

    Map<String, List<String>> parameters() {
        return parameters;
    }

    /** Rejects the request if a parameter read so far is invalid; names all of them at once. */
    void check() {
        if (!faults.isEmpty()) {
            throw ApiError.invalidParameters(faults);
        }
    }

    boolean flag(String name) {
        String value = text(name);
        return "true".equals(value) || "1".equals(value);
    }

    int page() {
        int page = integer("page", 1);
        if (page < 1) {
            faults.putIfAbsent(
                    "page",
                    new Fault(
                            "rest_out_of_bounds", "page must be greater than or equal to 1", null));
        }
        return Math.max(1, page);
    }

    int perPage() {
        int perPage = integer("per_page", 10);
        if (perPage < 1 || perPage > 100) {
            faults.putIfAbsent(
                    "per_page",
                    new Fault(
                            "rest_out_of_bounds",
                            "per_page must be between 1 (inclusive) and 100 (inclusive)",
                            null));
        }
        return Math.clamp(perPage, 1, 100);
    }

    int decimals() {
        int decimals = integer("dp", usualDecimals);
        return Math.clamp(decimals, 0, 10);
    }

    private int integer(String name, int usual) {
        String value = text(name);
        if (value == null) {
            return usual;
        }
        if (!INTEGER.matcher(value).matches()) {
            faults.put(
                    name, new Fault("rest_invalid_type", name + " is not of type integer.", name));
            return usual;
        }
        return Integer.parseInt(value);
    }

    String choice(String name, String usual, List<String> choices) {
        String value = text(name);
        if (value == null) {
            return usual;
        }
        if (!choices.contains(value)) {
            faults.put(
                    name,
                    new Fault(
                            "rest_not_in_enum",
                            name + " is not one of " + enumerated(choices) + ".",
                            null));
            return usual;
        }
        return value;
    }

    /** The ids in a list parameter; null if it was not given. */
    @Nullable List<Long> ids(String name) {
        List<String> values = parameters.get(name);
        if (values == null) {
            return null;
        }
        return values.stream()
                .flatMap(value -> Arrays.stream(value.split("[,\\s]+")))
                .filter(value -> INTEGER.matcher(value).matches())
                .map(Long::parseLong)
                .toList();
    }

    /** {@code any} overrides other states in the list. */
    Set<OrderState> states() {
        List<String> names =
                parameters.getOrDefault("status", List.of("any")).stream()
                        .flatMap(value -> Arrays.stream(value.split("[,\\s]+")))
                        .toList();
        Set<OrderState> states = EnumSet.noneOf(OrderState.class);
        boolean any = false;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.equals("any")) {
                any = true;
                continue;
            }
            int position = i;
            OrderState.named(name)
                    .ifPresentOrElse(
                            states::add,
                            () -> {
                                List<String> known = new ArrayList<>(OrderState.wireNames());
                                known.addFirst("any");
                                faults.putIfAbsent(
                                        "status",
                                        new Fault(
                                                "rest_not_in_enum",
                                                "status["
                                                        + position
                                                        + "] is not one of "
                                                        + enumerated(known)
                                                        + ".",
                                                null));
                            });
        }
        if (any) {
            states.clear();
            for (OrderState state : OrderState.values()) {
                if (state.isAny()) {
                    states.add(state);
                }
            }
        }
        return states;
    }

    private static String enumerated(List<String> choices) {
        return String.join(", ", choices.subList(0, choices.size() - 1))
                + (choices.size() > 2 ? ", and " : " and ")
                + choices.getLast();
    }

    /**
     * A bound in epoch seconds. Only UTC without suffix, with {@code dates_are_gmt}, is always
     * interpreted correctly.
     *
     * @param newStorage whether the rows are in WooCommerce's own order tables
     */
    OptionalLong bound(String name, boolean newStorage) {
        String value = text(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        Matcher date = DATE.matcher(value);
        if (date.matches()) {
            try {
                return OptionalLong.of(bound(date, newStorage));
            } catch (DateTimeException e) {
                // The format is right but the day does not exist: rejected below like any other
                // text.
                faults.remove(name);
            }
        }
        faults.put(name, new Fault("rest_invalid_date", "Invalid date.", null));
        return OptionalLong.empty();
    }

    private long bound(Matcher date, boolean newStorage) {
        LocalDateTime digits = LocalDateTime.parse(date.group(1));
        String suffix = date.group(2);
        boolean gmt = flag("dates_are_gmt");
        if (suffix == null) {
            return gmt ? digits.toEpochSecond(ZoneOffset.UTC) : digits.atZone(zone).toEpochSecond();
        }
        OffsetDateTime instant = digits.atOffset(ZoneOffset.of(suffix));
        if (newStorage) {
            // Without dates_are_gmt the digits are read as local time, whatever zone they name.
            return gmt ? instant.toEpochSecond() : digits.atZone(zone).toEpochSecond();
        }
        // Old storage converts the instant to local time, then compares that with GMT.
        long offset = zone.getRules().getOffset(instant.toInstant()).getTotalSeconds();
        return instant.toEpochSecond() + (gmt ? offset : 0);
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
                    if (statusByName && name.equals("status")) {
                        List<String> states =
                                values.stream()
                                        .flatMap(value -> Arrays.stream(value.split("[,\\s]+")))
                                        .toList();
                        for (int i = 0; i < states.size(); i++) {
                            pairs.put("status[" + i + "]", states.get(i));
                        }
                    } else {
                        pairs.put(name, values.getLast());
                    }
                });
        if (pairs.containsKey("page")) {
            pairs.put("page", Integer.toString(page));
        }
        if (statusByName && !parameters.containsKey("status")) {
            pairs.put("status[0]", "any");
        }
        defaults.forEach(pairs::putIfAbsent);
        pairs.put("page", Integer.toString(page));
        StringBuilder query = new StringBuilder();
        pairs.forEach(
                (name, value) ->
                        query.append(query.isEmpty() ? "?" : "&")
                                .append(encoded(name))
                                .append('=')
                                .append(encoded(value)));
        return query.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package io.shopflow.extract.yaml;

import io.shopflow.core.source.RawText;
import io.shopflow.core.source.SourceFormat.DateFormat;
import io.shopflow.core.source.SourceFormat.NumberFormat;
import io.shopflow.core.source.SourceFormat.Sign;
import io.shopflow.core.stream.OrderStatus;
import io.shopflow.core.stream.StreamName;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads how a source writes its values. */
public final class FormatParser {

    /** Date formats that have a name instead of a pattern. */
    private static final Set<String> NAMED_DATES =
            Set.of(DateFormat.ISO, DateFormat.EPOCH, DateFormat.EPOCH_MILLIS, DateFormat.EXCEL);

    /** A line may reduce its order's total; no other amount can be negative. */
    private static final List<String> MAY_BE_NEGATIVE =
            List.of("order_items.unit_price", "order_items.gross");

    private FormatParser() {}

    /** A time zone. */
    public static Optional<ZoneId> zone(YamlObject object, String key) {
        return object.resolved(key)
                .flatMap(
                        text -> {
                            try {
                                return Optional.of(ZoneId.of(text));
                            } catch (DateTimeException e) {
                                object.invalid(
                                        key,
                                        "'%s' is not a time zone; write one like Europe/London or UTC."
                                                .formatted(object.written(key)));
                                return Optional.empty();
                            }
                        });
    }

    /** An ISO 4217 currency code. */
    public static Optional<String> currency(YamlObject object) {
        Optional<String> code = object.resolved("currency");
        code.ifPresent(
                text -> {
                    try {
                        Currency.getInstance(text);
                    } catch (IllegalArgumentException e) {
                        object.invalid(
                                "currency",
                                "'%s' is not an ISO 4217 currency code like GBP."
                                        .formatted(object.written("currency")));
                    }
                });
        return code;
    }

    /** An ISO 3166-1 alpha-2 country code. */
    public static Optional<String> country(YamlObject object) {
        Optional<String> code = object.resolved("country");
        code.ifPresent(
                text -> {
                    if (!Arrays.asList(Locale.getISOCountries()).contains(text)) {
                        object.invalid(
                                "country",
                                "'%s' is not an ISO 3166-1 country code like GB. A bare NO is read as text, but quote it to be safe."
                                        .formatted(object.written("country")));
                    }
                });
        return code;
    }

    /** Texts with which the source marks missing values. */
    public static List<String> nulls(YamlObject object) {
        return object.literals("nulls").stream()
                .map(RawText::comparable)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** {@code iso}, one pattern, a list of patterns, or a mapping of patterns and zone. */
    public static DateFormat dates(YamlObject object) {
        if (!object.isObject("dates")) {
            return new DateFormat(patterns(object, "dates"), null);
        }
        YamlObject dates = object.object("dates").orElseThrow();
        dates.allow(List.of("patterns", "zone"));
        return new DateFormat(patterns(dates, "patterns"), zone(dates, "zone").orElse(null));
    }

    private static List<String> patterns(YamlObject object, String key) {
        List<String> patterns = object.texts(key);
        if (patterns.equals(List.of(DateFormat.ISO))) {
            return List.of();
        }
        for (String pattern : patterns) {
            if (NAMED_DATES.contains(pattern)) {
                continue;
            }
            try {
                var unused = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
                DatePattern.mistakeIn(pattern).ifPresent(mistake -> object.invalid(key, mistake));
            } catch (IllegalArgumentException e) {
                object.invalid(
                        key,
                        "'%s' is not a date pattern; write 'iso', 'epoch', 'epoch_millis' or 'excel', or a pattern like dd/MM/yyyy HH:mm."
                                .formatted(YamlObject.shown(pattern)));
            }
        }
        return patterns;
    }

    /** A mapping of the decimal and the grouping separator, and whether there are symbols. */
    public static NumberFormat numbers(YamlObject object) {
        Optional<YamlObject> numbers = object.object("numbers");
        if (numbers.isEmpty()) {
            return NumberFormat.plain();
        }
        numbers.get().allow(List.of("decimal", "grouping", "symbols"));
        String decimal = numbers.get().text("decimal").orElse(".");
        Optional<String> grouping = numbers.get().text("grouping");
        if (!decimal.equals(".") && !decimal.equals(",")) {
            numbers.get()
                    .invalid(
                            "decimal",
                            "'decimal' must be '.' or ',', not '%s'."
                                    .formatted(YamlObject.shown(decimal)));
        }
        if (grouping.isPresent()
                && (grouping.get().length() != 1 || grouping.get().equals(decimal))) {
            numbers.get()
                    .invalid(
                            "grouping",
                            "'grouping' must be one character other than the decimal separator.");
        }
        return new NumberFormat(decimal, grouping.orElse(null), numbers.get().flag("symbols"));
    }

    /** The meaning of a minus sign in a field; null if not configured. */
    public static @Nullable Sign sign(YamlObject field, StreamName stream, String name) {
        boolean negated = field.flag("negate");
        boolean kept = field.flag("negative");
        if (kept && !MAY_BE_NEGATIVE.contains(stream.canonicalName() + "." + name)) {
            field.invalid(
                    "negative",
                    "'%s' cannot be less than 0; 'negative' is for %s. Where the source writes it with a minus sign, use 'negate: true'."
                            .formatted(name, String.join(" and ", MAY_BE_NEGATIVE)));
        }
        if (kept && negated) {
            field.invalid("negative", "Use 'negate' or 'negative', not both.");
        }
        return negated ? Sign.NEGATED : kept ? Sign.KEPT : null;
    }

    /** Maps the source's order states to canonical ones. */
    public static Map<String, String> statuses(YamlObject root) {
        Optional<YamlObject> table = root.object("statuses");
        if (table.isEmpty()) {
            return Map.of();
        }
        Map<String, String> statuses = new LinkedHashMap<>();
        for (String state : table.get().keys()) {
            Optional<String> canonical = table.get().text(state);
            if (canonical.isEmpty()) {
                continue;
            }
            if (OrderStatus.ofCanonicalName(canonical.get()).isEmpty()) {
                table.get()
                        .invalid(
                                state,
                                "'%s' is not an order state; use one of: %s."
                                        .formatted(
                                                YamlObject.shown(canonical.get()),
                                                Arrays.stream(OrderStatus.values())
                                                        .map(OrderStatus::canonicalName)
                                                        .collect(Collectors.joining(", "))));
            }
            statuses.put(state, canonical.get());
        }
        return statuses;
    }
}

package io.shopflow.dashboard.sales;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * The filter from the URL, completed from the data.
 *
 * @param preset the chosen moving range; null if dates were given
 * @param source as in the URL; null for the page's default
 * @param currency as in the URL; null for the page's default
 * @param category null for all
 * @param by the chosen grain of sales over time; null for the one that suits the range
 * @param comparison which days the range is compared with
 */
public record SalesFilter(
        Scope scope,
        DateRange range,
        @Nullable Preset preset,
        @Nullable String source,
        @Nullable String currency,
        @Nullable String category,
        @Nullable Grain by,
        Comparison comparison) {

    private static final int LISTED = 50;

    private static final LocalDate EARLIEST = LocalDate.of(1970, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2999, 12, 31);

    /** The parameters as received; blank ones count as absent, since forms send empty fields. */
    public record Parameters(
            @RestQuery @Nullable String from,
            @RestQuery @Nullable String to,
            @RestQuery @Nullable String range,
            @RestQuery @Nullable String category,
            @RestQuery @Nullable String source,
            @RestQuery @Nullable String currency,
            @Parameter(
                            description =
                                    "Only for /overview: whether overTime is by day, week or month."
                                            + " Without it, by day up to 31 days, by week up to 26"
                                            + " weeks, else by month.")
                    @RestQuery
                    @Nullable String by,
            @Parameter(
                            description =
                                    "What the range is compared with: before (the days directly"
                                            + " before it, the default) or year (the same days a"
                                            + " year earlier).")
                    @RestQuery
                    @Nullable String compare) {
        /** Makes blank parameters absent. */
        public Parameters {
            from = present(from);
            to = present(to);
            range = present(range);
            category = present(category);
            source = present(source);
            currency = present(currency);
            by = present(by);
            compare = present(compare);
        }

        /** With the source of a path. */
        public Parameters withSource(String other) {
            return new Parameters(from, to, range, category, other, currency, by, compare);
        }

        private static @Nullable String present(@Nullable String value) {
            return value == null || value.isBlank() ? null : value.strip();
        }
    }

    /** An invalid parameter, with the allowed values. */
    public record Mistake(String parameter, String given, String allowed) {}

    /** The result of reading the parameters. */
    public sealed interface Outcome {
        /** The parameters are valid. */
        record Usable(SalesFilter filter) implements Outcome {}

        /** Some parameters are invalid. */
        record Unusable(List<Mistake> mistakes) implements Outcome {}
    }

    /**
     * Reads the parameters.
     *
     * @param known the sales of each source; not empty
     * @param others mistakes in parameters of one page only
     */
    static Outcome read(
            Parameters parameters,
            List<SourceSales> known,
            Categories categories,
            List<Mistake> others) {
        List<Mistake> mistakes = new ArrayList<>(others);
        Optional<Scope> scope = scope(parameters, known, mistakes);
        Optional<LocalDate> from = date("from", parameters.from(), mistakes);
        Optional<LocalDate> to = date("to", parameters.to(), mistakes);
        Preset preset = Preset.MONTHS_12;
        if (parameters.range() != null) {
            Optional<Preset> named = Preset.of(parameters.range());
            if (named.isEmpty()) {
                mistakes.add(new Mistake("range", parameters.range(), "30d, 90d, 12m or all"));
            }
            preset = named.orElse(preset);
        }
        if (parameters.category() != null && !categories.all().contains(parameters.category())) {
            mistakes.add(
                    new Mistake(
                            "category",
                            parameters.category(),
                            "one of " + listed(categories.all()) + "; or leave it out"));
        }
        Optional<Grain> by = Optional.ofNullable(parameters.by()).flatMap(Grain::named);
        if (parameters.by() != null && by.isEmpty()) {
            mistakes.add(new Mistake("by", parameters.by(), "day, week or month"));
        }
        String compare = parameters.compare();
        Optional<Comparison> comparison =
                compare == null ? Optional.of(Comparison.DAYS_BEFORE) : Comparison.named(compare);
        if (compare != null && comparison.isEmpty()) {
            mistakes.add(new Mistake("compare", compare, "before or year"));
        }
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            mistakes.add(
                    new Mistake("from", from.get().toString(), "a day not after to, " + to.get()));
        }
        if (!mistakes.isEmpty() || scope.isEmpty()) {
            return new Outcome.Unusable(List.copyOf(mistakes));
        }
        boolean dated = from.isPresent() || to.isPresent();
        return new Outcome.Usable(
                new SalesFilter(
                        scope.get(),
                        dated
                                ? dated(from, to, scope.get())
                                : preset.range(scope.get().oldestOn(), scope.get().newestOn()),
                        dated ? null : preset,
                        parameters.source(),
                        parameters.currency(),
                        parameters.category(),
                        by.orElse(null),
                        comparison.orElseThrow()));
    }

    /** An open end is the end of the data, or the given day if that is later. */
    private static DateRange dated(Optional<LocalDate> from, Optional<LocalDate> to, Scope scope) {
        LocalDate first = from.orElse(scope.oldestOn());
        LocalDate last = to.orElse(scope.newestOn());
        if (first.isAfter(last)) {
            return from.isPresent() ? new DateRange(first, first) : new DateRange(last, last);
        }
        return new DateRange(first, last);
    }

    private static Optional<LocalDate> date(
            String name, @Nullable String value, List<Mistake> mistakes) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.parse(value);
            if (!date.isBefore(EARLIEST) && !date.isAfter(LATEST)) {
                return Optional.of(date);
            }
        } catch (DateTimeParseException e) {
            // Reported below, like a date out of bounds.
        }
        mistakes.add(
                new Mistake(
                        name,
                        value,
                        "a day that exists, as YYYY-MM-DD, from %s to %s"
                                .formatted(EARLIEST, LATEST)));
        return Optional.empty();
    }

    private static Optional<Scope> scope(
            Parameters parameters, List<SourceSales> known, List<Mistake> mistakes) {
        List<SourceSales> candidates = known;
        if (parameters.source() != null) {
            candidates =
                    known.stream().filter(s -> s.source().equals(parameters.source())).toList();
            if (candidates.isEmpty()) {
                mistakes.add(
                        new Mistake(
                                "source",
                                parameters.source(),
                                "one of " + distinct(known, SourceSales::source)));
                return Optional.empty();
            }
        }
        if (parameters.currency() != null) {
            List<SourceSales> all = candidates;
            candidates =
                    all.stream()
                            .filter(
                                    s ->
                                            s.currency()
                                                    .getCurrencyCode()
                                                    .equals(parameters.currency()))
                            .toList();
            if (candidates.isEmpty()) {
                mistakes.add(
                        new Mistake(
                                "currency",
                                parameters.currency(),
                                "one of " + distinct(all, s -> s.currency().getCurrencyCode())));
                return Optional.empty();
            }
        }
        if (candidates.stream().map(SourceSales::currency).distinct().count() > 1) {
            Currency newest =
                    candidates.stream()
                            .max(
                                    Comparator.comparing(SourceSales::newestOn)
                                            .thenComparing(SourceSales::orders)
                                            .thenComparing(SourceSales::source))
                            .orElseThrow()
                            .currency();
            candidates = candidates.stream().filter(s -> s.currency().equals(newest)).toList();
        }
        return Optional.of(
                new Scope(
                        candidates.stream().map(SourceSales::source).toList(),
                        candidates.getFirst().currency(),
                        candidates.stream()
                                .map(SourceSales::oldestOn)
                                .min(Comparator.naturalOrder())
                                .orElseThrow(),
                        candidates.stream()
                                .map(SourceSales::newestOn)
                                .max(Comparator.naturalOrder())
                                .orElseThrow(),
                        candidates.stream()
                                .map(SourceSales::lastSaleOn)
                                .max(Comparator.naturalOrder())
                                .orElseThrow()));
    }

    private static String distinct(
            List<SourceSales> known, java.util.function.Function<SourceSales, String> name) {
        return listed(known.stream().map(name).distinct().sorted().toList());
    }

    /** Lists only some of the names, since there may be tens of thousands. */
    static String listed(List<String> names) {
        String first = names.stream().limit(LISTED).collect(Collectors.joining(", "));
        return names.size() <= LISTED
                ? first
                : "%s and %d more".formatted(first, names.size() - LISTED);
    }

    /** The category as the marts have it: empty for whole orders. */
    String categoryOrAll() {
        return category == null ? "" : category;
    }

    /**
     * The days to compare with: of the range, only those within the data. A month that is not over
     * yet would seem to lose beside a whole one.
     */
    public DateRange compared() {
        return comparison.of(withinData());
    }

    /** Whether the data has all days to compare with, and none of them is in the range. */
    boolean isComparable() {
        return !compared().from().isBefore(scope.oldestOn())
                && compared().to().isBefore(range.from());
    }

    /** The days to compare with, as the page names them after "the". */
    public String comparedName() {
        if (comparison == Comparison.YEAR_EARLIER) {
            return withinData().days() == 1
                    ? "same day a year earlier"
                    : "same days a year earlier";
        }
        long days = withinData().days();
        return days == 1 ? "day before" : String.format(Locale.UK, "%,d days before", days);
    }

    /** Whether the range ends later than the data. */
    public boolean endsAfterData() {
        return range.to().isAfter(scope.newestOn());
    }

    /** The days that are compared. */
    DateRange withinData() {
        return endsAfterData() && !range.from().isAfter(scope.newestOn())
                ? new DateRange(range.from(), scope.newestOn())
                : range;
    }

    /** The same of all categories, for figures of whole orders. */
    public SalesFilter withoutCategory() {
        return new SalesFilter(scope, range, preset, source, currency, null, by, comparison);
    }

    /** With the source of another address. */
    SalesFilter withSource(@Nullable String other) {
        return new SalesFilter(scope, range, preset, other, currency, category, by, comparison);
    }

    /** The same in another currency. */
    public SalesFilter withCurrency(String other) {
        return new SalesFilter(scope, range, preset, source, other, category, by, comparison);
    }

    /** The same of one category. */
    public SalesFilter withCategory(String other) {
        return new SalesFilter(scope, range, preset, source, currency, other, by, comparison);
    }

    /** The same with sales over time by another grain. */
    public SalesFilter withGrain(@Nullable Grain other) {
        return new SalesFilter(scope, range, preset, source, currency, category, other, comparison);
    }

    /** The part of an address that chooses this filter; links to other pages keep it. */
    public String query() {
        return preset == null
                ? withChoices("?from=%s&to=%s".formatted(range.from(), range.to()))
                : query(preset);
    }

    /** The same with another moving range. */
    public String query(Preset other) {
        return withChoices("?range=" + other.key());
    }

    /** All time and all categories, of the same source in the same currency. */
    public String queryOfAll() {
        return withoutCategory().query(Preset.ALL);
    }

    private String withChoices(String dates) {
        StringBuilder query = new StringBuilder(dates);
        append(query, "category", category);
        append(query, "source", source);
        append(query, "currency", currency);
        append(query, "by", by == null ? null : by.key());
        append(query, "compare", comparison == Comparison.DAYS_BEFORE ? null : comparison.key());
        return query.toString();
    }

    private static void append(StringBuilder query, String name, @Nullable String value) {
        if (value != null) {
            query.append('&').append(name).append('=');
            query.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}

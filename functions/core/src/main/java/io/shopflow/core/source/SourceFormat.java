package io.shopflow.core.source;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a source writes its values; the transform reads raw values by it.
 *
 * @param zone the shop's time zone: of instants without offset, and of the business date
 * @param currency ISO 4217 code of rows that name none; null where all do
 * @param country ISO 3166-1 code of the shop; reads telephone numbers without prefix; null where
 *     unknown
 * @param dates the default for all instants
 * @param numbers the default for all numbers
 * @param statuses the source's order states to canonical ones, compared without case
 * @param fields formats of single fields, by {@code stream.field}; they go before the defaults
 */
public record SourceFormat(
        ZoneId zone,
        @Nullable String currency,
        @Nullable String country,
        DateFormat dates,
        NumberFormat numbers,
        Map<String, String> statuses,
        Map<String, FieldFormat> fields) {

    /** Defensive copies. */
    public SourceFormat {
        statuses = Map.copyOf(statuses);
        fields = Map.copyOf(fields);
    }

    /**
     * How instants are written.
     *
     * @param patterns of {@link java.time.format.DateTimeFormatter}, tried in order; empty: ISO
     *     8601 with {@code T} or space
     * @param zone of instants without offset; null: the source's zone
     */
    public record DateFormat(List<String> patterns, @Nullable ZoneId zone) {
        /** Defensive copy. */
        public DateFormat {
            patterns = List.copyOf(patterns);
        }

        /** ISO 8601. */
        public static DateFormat iso() {
            return new DateFormat(List.of(), null);
        }
    }

    /**
     * How numbers are written.
     *
     * @param decimalSeparator {@code .} or {@code ,}
     * @param groupingSeparator null: a number with one is an error
     */
    public record NumberFormat(String decimalSeparator, @Nullable String groupingSeparator) {
        /** {@code 1234.5}. */
        public static NumberFormat plain() {
            return new NumberFormat(".", null);
        }
    }

    /** The format of one field; null: the default. */
    public record FieldFormat(@Nullable DateFormat dates, @Nullable NumberFormat numbers) {}
}

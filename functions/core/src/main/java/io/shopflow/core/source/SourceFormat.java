package io.shopflow.core.source;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param nulls what the source writes where it has no value, beside {@code NULL} and {@code \N} in
 *     ids, references, numbers and dates; compared after trimming
 */
public record SourceFormat(
        ZoneId zone,
        @Nullable String currency,
        @Nullable String country,
        DateFormat dates,
        NumberFormat numbers,
        Map<String, String> statuses,
        Map<String, FieldFormat> fields,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> nulls) {

    public SourceFormat {
        statuses = Map.copyOf(statuses);
        fields = Map.copyOf(fields);
        // Plans of earlier versions have none.
        nulls = nulls == null ? List.of() : List.copyOf(nulls);
    }

    /** Of a source that leaves empty what it does not have. */
    public SourceFormat(
            ZoneId zone,
            @Nullable String currency,
            @Nullable String country,
            DateFormat dates,
            NumberFormat numbers,
            Map<String, String> statuses,
            Map<String, FieldFormat> fields) {
        this(zone, currency, country, dates, numbers, statuses, fields, List.of());
    }

    /**
     * How instants are written.
     *
     * @param patterns tried in order: of {@link java.time.format.DateTimeFormatter}, or {@link
     *     #ISO}, {@link #EPOCH}, {@link #EPOCH_MILLIS}; empty: ISO 8601
     * @param zone of instants without offset; null: the source's zone
     */
    public record DateFormat(List<String> patterns, @Nullable ZoneId zone) {

        /** Instead of a pattern: ISO 8601, with {@code T} or a space. */
        public static final String ISO = "iso";

        /** Instead of a pattern: seconds from 1970-01-01T00:00Z. */
        public static final String EPOCH = "epoch";

        /** Instead of a pattern: milliseconds from 1970-01-01T00:00Z. */
        public static final String EPOCH_MILLIS = "epoch_millis";

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
     * @param symbols whether amounts may have a currency's sign or code at either end, and be
     *     negative as {@code (12.99)} or {@code 12.99-}
     */
    public record NumberFormat(
            String decimalSeparator,
            @Nullable String groupingSeparator,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean symbols) {

        /** Of a source that writes digits and separators only. */
        public NumberFormat(String decimalSeparator, @Nullable String groupingSeparator) {
            this(decimalSeparator, groupingSeparator, false);
        }

        /** {@code 1234.5}. */
        public static NumberFormat plain() {
            return new NumberFormat(".", null);
        }
    }

    /**
     * The format of one field.
     *
     * @param dates null: the default
     * @param numbers null: the default
     * @param sign what a minus sign means
     */
    public record FieldFormat(
            @Nullable DateFormat dates,
            @Nullable NumberFormat numbers,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sign sign) {

        /** With the sign that the field asks for. */
        public FieldFormat(@Nullable DateFormat dates, @Nullable NumberFormat numbers) {
            this(dates, numbers, null);
        }
    }

    /** What a number's minus sign means where the field asks for 0 or more. */
    public enum Sign {
        /** The source writes the number with the opposite sign: a discount as {@code -5.00}. */
        NEGATED,
        /** Numbers below 0 are meant: a line that takes something off the order. */
        KEPT
    }
}

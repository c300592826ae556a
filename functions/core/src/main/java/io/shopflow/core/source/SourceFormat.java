package io.shopflow.core.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a source writes its values; the transform uses it to read raw values.
 *
 * @param zone the shop's time zone: of instants without offset, and of the business date
 * @param currency ISO 4217 code of rows that name none; null if all do
 * @param country ISO 3166-1 code of the shop, for telephone numbers without prefix; null if unknown
 * @param dates the default for all instants
 * @param numbers the default for all numbers
 * @param statuses the source's order states to canonical ones, compared without case
 * @param fields formats of single fields, by {@code stream.field}; they take precedence over the
 *     defaults
 * @param nulls texts with which the source marks missing values, in addition to {@code NULL} and
 *     {@code \N} in ids, references, numbers and dates; compared after trimming
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

    /** For a source that leaves missing values empty. */
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
     *     #ISO}, {@link #EPOCH}, {@link #EPOCH_MILLIS}, {@link #EXCEL}; empty: ISO 8601
     * @param zone of instants without offset; null: the source's zone
     */
    public record DateFormat(List<String> patterns, @Nullable ZoneId zone) {

        /** Instead of a pattern: ISO 8601, with {@code T} or a space. */
        public static final String ISO = "iso";

        /** Instead of a pattern: seconds from 1970-01-01T00:00Z. */
        public static final String EPOCH = "epoch";

        /** Instead of a pattern: milliseconds from 1970-01-01T00:00Z. */
        public static final String EPOCH_MILLIS = "epoch_millis";

        /**
         * Instead of a pattern: days as Excel counts them, {@code 45382.5} for noon of 31 March
         * 2024.
         */
        public static final String EXCEL = "excel";

        public DateFormat {
            patterns = List.copyOf(patterns);
        }

        /** ISO 8601. */
        public static DateFormat iso() {
            return new DateFormat(List.of(), null);
        }

        /** The same, and ISO 8601 where no other pattern fits. */
        public DateFormat withIso() {
            if (patterns.isEmpty() || patterns.contains(ISO)) {
                return this;
            }
            List<String> more = new ArrayList<>(patterns);
            more.add(ISO);
            return new DateFormat(more, zone);
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

        /** For a source that writes only digits and separators. */
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
     * @param sign the meaning of a minus sign
     */
    public record FieldFormat(
            @Nullable DateFormat dates,
            @Nullable NumberFormat numbers,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sign sign) {

        /** With the default sign of the field. */
        public FieldFormat(@Nullable DateFormat dates, @Nullable NumberFormat numbers) {
            this(dates, numbers, null);
        }
    }

    /** The meaning of a minus sign in a field that requires 0 or more. */
    public enum Sign {
        /** The source writes the number with the opposite sign: a discount as {@code -5.00}. */
        NEGATED,
        /** Numbers below 0 are valid: a line that reduces the order's total. */
        KEPT
    }
}

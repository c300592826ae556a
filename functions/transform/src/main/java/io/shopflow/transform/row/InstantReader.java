package io.shopflow.transform.row;

import io.shopflow.core.source.SourceFormat.DateFormat;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads instants as a source writes them. Results are valid from {@link #read} until its next call.
 */
final class InstantReader {

    private static final long MICROS = 1_000_000L;
    private static final int MILLIS_DIGITS = 3;

    /** A longer number is not an instant, and would not fit. */
    private static final int MAX_EPOCH_CHARACTERS = 18;

    /** The most by which a day may begin earlier or later than in UTC. */
    private static final long LARGEST_OFFSET = 18 * 3600L;

    private static final long SECONDS_OF_DAY = 86_400;

    /** Before it, Excel counts from one day later: it has a 29 February 1900. */
    private static final long EXCEL_LEAP_DAY = 60;

    private static final long EXCEL_EPOCH =
            LocalDate.of(1899, 12, 30).toEpochSecond(LocalTime.MIN, ZoneOffset.UTC);

    /** Beyond Excel's last day, in the year 9999. */
    private static final BigDecimal MAX_EXCEL = BigDecimal.valueOf(3_000_000);

    private static final long MIN_SECOND =
            LocalDate.of(1900, 1, 1).toEpochSecond(LocalTime.MIN, ZoneOffset.UTC) - LARGEST_OFFSET;
    private static final long MAX_SECOND =
            LocalDate.of(9999, 12, 31).toEpochSecond(LocalTime.MAX, ZoneOffset.UTC)
                    + LARGEST_OFFSET;

    private static final String END_OF_DAY = "24:00";

    /** Zeros of {@code 00-00-00}, the shortest date. */
    private static final int MIN_ZEROS = 6;

    private static final Pattern QUOTED = Pattern.compile("'[^']*'");
    private static final Pattern YEAR_OR_QUOTED = Pattern.compile("'[^']*'|y");

    private final List<Format> formats;
    private final ZoneOffsets zone;
    private final boolean readsCounts;
    private final IsoTime iso = new IsoTime();
    private long epochSecond;
    private int nanos;
    private boolean skipped;
    private boolean localMidnight;

    /**
     * @param patterns as of {@link DateFormat}
     * @param zone of times without offset
     */
    InstantReader(List<String> patterns, ZoneOffsets zone) {
        this.formats =
                patterns.isEmpty()
                        ? List.of(new Format.Iso(IsoTime.Shape.ANY))
                        : patterns.stream().map(InstantReader::format).toList();
        this.readsCounts =
                formats.stream()
                        .anyMatch(
                                format ->
                                        format instanceof Format.Epoch
                                                || format instanceof Format.Excel);
        this.zone = zone;
    }

    /**
     * Whether a value is a date of zeros, {@code 0000-00-00 00:00:00}, which databases write for a
     * missing value, or a count of 0.
     */
    boolean isZero(String text) {
        int zeros = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '0') {
                zeros++;
            } else if (!(c > ' ' && c < '0') && c != ':' && c != ' ' && c != 'T' && c != 'Z') {
                return false;
            }
        }
        return zeros >= MIN_ZEROS || (zeros == text.length() && readsCounts);
    }

    /** Reads an instant; returns null, or the rule that it breaks. */
    @Nullable Rule read(String text) {
        Rule broken = Rule.DATE_FORMAT;
        for (Format format : formats) {
            Rule rule = read(text, format);
            if (rule == null) {
                return epochSecond < MIN_SECOND || epochSecond > MAX_SECOND
                        ? Rule.DATE_RANGE
                        : null;
            }
            if (rule != Rule.DATE_FORMAT) {
                broken = rule;
            }
        }
        return broken;
    }

    /** Microseconds from 1970-01-01T00:00Z, which is PostgreSQL's precision. */
    long epochMicros() {
        return epochSecond * MICROS + nanos / 1000;
    }

    /** Whether the zone skips the local time that was read last. */
    boolean skipped() {
        return skipped;
    }

    private @Nullable Rule read(String text, Format format) {
        return switch (format) {
            case Format.Iso(IsoTime.Shape shape) -> read(text, shape);
            case Format.Pattern(DateTimeFormatter formatter) -> {
                Rule broken = read(text, formatter, 0);
                yield broken != null && text.contains(END_OF_DAY)
                        ? readEndOfDay(text, formatter, broken)
                        : broken;
            }
            case Format.Epoch(int digits) -> readEpoch(text, digits);
            case Format.Excel() -> readExcel(text);
        };
    }

    private @Nullable Rule read(String text, IsoTime.Shape shape) {
        if (!iso.read(text) || !iso.has(shape)) {
            return Rule.DATE_FORMAT;
        }
        if (!iso.exists()) {
            return Rule.DATE_NONEXISTENT;
        }
        if (iso.hasOffset()) {
            set(iso.localSecond() - iso.offsetSeconds(), iso.nanos(), false);
        } else {
            setLocal(iso.localSecond(), iso.nanos(), iso.hasTime());
        }
        return null;
    }

    /** A whole number, or one of seconds with a fraction. */
    private @Nullable Rule readEpoch(String text, int digits) {
        BigDecimal count = number(text);
        if (count == null) {
            return Rule.DATE_FORMAT;
        }
        BigDecimal seconds = count.movePointLeft(digits);
        BigDecimal second = seconds.setScale(0, RoundingMode.FLOOR);
        set(second.longValueExact(), seconds.subtract(second).movePointRight(9).intValue(), false);
        return null;
    }

    /** Days with a fraction, which is rounded to the second. */
    private @Nullable Rule readExcel(String text) {
        BigDecimal days = number(text.replace(',', '.'));
        if (days == null) {
            return Rule.DATE_FORMAT;
        }
        if (days.compareTo(BigDecimal.ONE) < 0 || days.compareTo(MAX_EXCEL) > 0) {
            return Rule.DATE_RANGE;
        }
        long second =
                days.multiply(BigDecimal.valueOf(SECONDS_OF_DAY))
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact();
        long day = second / SECONDS_OF_DAY;
        if (day == EXCEL_LEAP_DAY) {
            return Rule.DATE_NONEXISTENT;
        }
        long from = day < EXCEL_LEAP_DAY ? EXCEL_EPOCH + SECONDS_OF_DAY : EXCEL_EPOCH;
        setLocal(from + second, 0, second % SECONDS_OF_DAY != 0);
        return null;
    }

    private static @Nullable BigDecimal number(String text) {
        int point = text.indexOf('.');
        int whole = point < 0 ? text.length() : point;
        boolean negative = text.startsWith("-");
        int from = negative ? 1 : 0;
        if (whole == from || whole > MAX_EPOCH_CHARACTERS || point == text.length() - 1) {
            return null;
        }
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i != point && (c < '0' || c > '9')) {
                return null;
            }
        }
        return new BigDecimal(text);
    }

    /** Reads {@code 24:00} as the next day's midnight. */
    private @Nullable Rule readEndOfDay(String text, DateTimeFormatter formatter, Rule broken) {
        Rule rule = read(text.replace(END_OF_DAY, "00:00"), formatter, 1);
        return rule == null && !localMidnight ? broken : rule;
    }

    private @Nullable Rule read(String text, DateTimeFormatter formatter, int moreDays) {
        localMidnight = false;
        try {
            TemporalAccessor parsed = formatter.parse(text);
            LocalTime time = parsed.query(TemporalQueries.localTime());
            localMidnight = LocalTime.MIDNIGHT.equals(time);
            if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
                set(
                        parsed.getLong(ChronoField.INSTANT_SECONDS) + moreDays * 86_400L,
                        parsed.get(ChronoField.NANO_OF_SECOND),
                        false);
                return null;
            }
            LocalDate date = parsed.query(TemporalQueries.localDate());
            if (date == null) {
                return Rule.DATE_FORMAT;
            }
            LocalDateTime local =
                    date.plusDays(moreDays).atTime(time == null ? LocalTime.MIN : time);
            setLocal(
                    local.toEpochSecond(ZoneOffset.UTC),
                    local.get(ChronoField.NANO_OF_SECOND),
                    time != null);
            return null;
        } catch (DateTimeParseException e) {
            // The cause is a field that contradicts another or is out of range.
            return e.getCause() instanceof DateTimeException
                    ? Rule.DATE_NONEXISTENT
                    : Rule.DATE_FORMAT;
        }
    }

    private void setLocal(long localSecond, int fraction, boolean hasTime) {
        long second = zone.epochSecond(localSecond);
        set(second, fraction, hasTime && zone.skipped());
    }

    private void set(long second, int fraction, boolean wasSkipped) {
        epochSecond = second;
        nanos = fraction;
        skipped = wasSkipped;
    }

    private static Format format(String pattern) {
        return switch (pattern) {
            case DateFormat.ISO -> new Format.Iso(IsoTime.Shape.ANY);
            case DateFormat.EPOCH -> new Format.Epoch(0);
            case DateFormat.EPOCH_MILLIS -> new Format.Epoch(MILLIS_DIGITS);
            case DateFormat.EXCEL -> new Format.Excel();
            default -> ofPattern(pattern);
        };
    }

    private static Format ofPattern(String pattern) {
        for (IsoTime.Shape shape : IsoTime.Shape.values()) {
            if (pattern.equals(shape.pattern())) {
                return new Format.Iso(shape);
            }
        }
        DateTimeFormatterBuilder builder =
                new DateTimeFormatterBuilder()
                        .parseCaseInsensitive()
                        .appendPattern(withProlepticYear(pattern));
        if (hasLetter(pattern, "HhKk") && !hasLetter(pattern, "m")) {
            builder.parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0);
        }
        // US English, since its abbreviations of months are the common ones (Sep, not Sept).
        return new Format.Pattern(
                builder.toFormatter(Locale.US).withResolverStyle(ResolverStyle.STRICT));
    }

    /**
     * Strict resolving rejects a year of era ({@code yyyy}) without an era; such patterns mean the
     * proleptic year.
     */
    private static String withProlepticYear(String pattern) {
        return hasLetter(pattern, "G")
                ? pattern
                : YEAR_OR_QUOTED
                        .matcher(pattern)
                        .replaceAll(
                                found ->
                                        found.group().equals("y")
                                                ? "u"
                                                : Matcher.quoteReplacement(found.group()));
    }

    private static boolean hasLetter(String pattern, String letters) {
        return QUOTED.matcher(pattern)
                .replaceAll("")
                .chars()
                .anyMatch(letter -> letters.indexOf(letter) >= 0);
    }

    private sealed interface Format {

        /** ISO 8601, parsed by {@link IsoTime}. */
        record Iso(IsoTime.Shape shape) implements Format {}

        record Pattern(DateTimeFormatter formatter) implements Format {}

        /**
         * A count from 1970-01-01T00:00Z.
         *
         * @param digits of the fraction of a second that the count includes
         */
        record Epoch(int digits) implements Format {}

        /** Days from the 31st of December 1899, of local times. */
        record Excel() implements Format {}
    }
}

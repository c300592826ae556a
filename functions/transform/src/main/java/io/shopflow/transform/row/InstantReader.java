package io.shopflow.transform.row;

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
import org.jspecify.annotations.Nullable;

/**
 * Reads points in time as a source writes them. After {@link #read} it holds the instant until the
 * next one.
 */
final class InstantReader {

    private static final long MICROS = 1_000_000L;
    private static final long MIN_SECOND =
            LocalDate.of(1900, 1, 1).toEpochSecond(LocalTime.MIN, ZoneOffset.UTC);
    private static final long MAX_SECOND =
            LocalDate.of(9999, 12, 31).toEpochSecond(LocalTime.MIN, ZoneOffset.UTC);

    private final List<Format> formats;
    private final ZoneOffsets zone;
    private final IsoTime iso = new IsoTime();
    private long epochSecond;
    private int nanos;
    private boolean skipped;

    /**
     * @param patterns tried in order; empty: ISO 8601
     * @param zone of times without offset
     */
    InstantReader(List<String> patterns, ZoneOffsets zone) {
        this.formats =
                patterns.isEmpty()
                        ? List.of(new Format(IsoTime.Shape.ANY, null))
                        : patterns.stream().map(InstantReader::format).toList();
        this.zone = zone;
    }

    /** Reads an instant; null, or the rule that it breaks. */
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

    /** Microseconds from 1970-01-01T00:00Z, as precise as PostgreSQL keeps them. */
    long epochMicros() {
        return epochSecond * MICROS + nanos / 1000;
    }

    /** Whether the zone's clocks never showed the time that was read last. */
    boolean skipped() {
        return skipped;
    }

    private @Nullable Rule read(String text, Format format) {
        if (format.formatter() != null) {
            return read(text, format.formatter());
        }
        if (!iso.read(text) || !iso.has(format.shape())) {
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

    private @Nullable Rule read(String text, DateTimeFormatter formatter) {
        try {
            TemporalAccessor parsed = formatter.parse(text);
            if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
                set(
                        parsed.getLong(ChronoField.INSTANT_SECONDS),
                        parsed.get(ChronoField.NANO_OF_SECOND),
                        false);
                return null;
            }
            LocalDate date = parsed.query(TemporalQueries.localDate());
            if (date == null) {
                return Rule.DATE_FORMAT;
            }
            LocalTime time = parsed.query(TemporalQueries.localTime());
            LocalDateTime local = date.atTime(time == null ? LocalTime.MIN : time);
            setLocal(
                    local.toEpochSecond(ZoneOffset.UTC),
                    local.get(ChronoField.NANO_OF_SECOND),
                    time != null);
            return null;
        } catch (DateTimeParseException e) {
            // The cause is a field that contradicts another, or is out of its range.
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
        for (IsoTime.Shape shape : IsoTime.Shape.values()) {
            if (pattern.equals(shape.pattern())) {
                return new Format(shape, null);
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
        return new Format(
                IsoTime.Shape.ANY,
                builder.toFormatter(Locale.US).withResolverStyle(ResolverStyle.STRICT));
    }

    /**
     * Strict resolving knows no year of era without an era; people write {@code yyyy} and mean it.
     */
    private static String withProlepticYear(String pattern) {
        if (hasLetter(pattern, "G")) {
            return pattern;
        }
        StringBuilder proleptic = new StringBuilder(pattern);
        forEachLetter(
                pattern,
                (place, letter) -> {
                    if (letter == 'y') {
                        proleptic.setCharAt(place, 'u');
                    }
                });
        return proleptic.toString();
    }

    private static boolean hasLetter(String pattern, String letters) {
        boolean[] has = new boolean[1];
        forEachLetter(pattern, (place, letter) -> has[0] |= letters.indexOf(letter) >= 0);
        return has[0];
    }

    private static void forEachLetter(String pattern, LetterVisitor visitor) {
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted) {
                visitor.visit(i, c);
            }
        }
    }

    private interface LetterVisitor {
        void visit(int place, char letter);
    }

    /** Read by hand where the shape is ISO's, else by a formatter. */
    private record Format(IsoTime.Shape shape, @Nullable DateTimeFormatter formatter) {}
}

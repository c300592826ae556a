package io.shopflow.laptop.inference;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The formats of dates in values.
 *
 * @param formats as {@code dates} of a mapping has them, the most frequent first
 * @param ambiguous whether day and month could be exchanged in all of them
 * @param others values that are no dates
 */
record DateGuess(List<String> formats, boolean ambiguous, Set<String> others) {

    private static final Pattern ISO =
            Pattern.compile(
                    "\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}([.,]\\d{1,9})?)?( ?(Z|UTC|[+-]\\d{2}(:?\\d{2})?))?)?");
    private static final Pattern EPOCH = Pattern.compile("[1-9]\\d{8,9}");
    private static final Pattern EPOCH_MILLIS = Pattern.compile("[1-9]\\d{11,12}");

    private static final List<String> DAY_FIRST =
            List.of(
                    "dd.MM.yyyy",
                    "d.M.yyyy",
                    "dd/MM/yyyy",
                    "d/M/yyyy",
                    "dd-MM-yyyy",
                    "d-M-yyyy",
                    "dd.MM.yy",
                    "d.M.yy",
                    "dd/MM/yy",
                    "d/M/yy");
    private static final List<String> MONTH_FIRST =
            List.of("MM/dd/yyyy", "M/d/yyyy", "MM-dd-yyyy", "M-d-yyyy", "MM/dd/yy", "M/d/yy");
    private static final List<String> OTHERS =
            List.of(
                    "yyyy/MM/dd",
                    "yyyy.MM.dd",
                    "yyyyMMdd",
                    "dd-MMM-yyyy",
                    "d-MMM-yyyy",
                    "dd-MMM-yy",
                    "d-MMM-yy",
                    "dd MMM yyyy",
                    "d MMM yyyy",
                    "MMM d, yyyy",
                    "d MMMM yyyy",
                    "MMMM d, yyyy");
    private static final List<String> TIMES =
            List.of(
                    "",
                    " HH:mm:ss",
                    " HH:mm",
                    " H:mm:ss",
                    " H:mm",
                    ", HH:mm:ss",
                    ", HH:mm",
                    " hh:mm:ss a",
                    " hh:mm a",
                    " h:mm:ss a",
                    " h:mm a",
                    " HH:mm:ss Z",
                    " HH:mm:ss XXX");

    /** So many values may contain one of another kind. */
    static final int VALUES_FOR_ONE_OTHER = 5;

    /** The values by which a format is chosen: parsing all in every format takes minutes. */
    private static final int MOST_COMPARED = 200;

    DateGuess {
        formats = List.copyOf(formats);
        others = Set.copyOf(others);
    }

    /**
     * The formats of these values; none if they are no dates.
     *
     * @param monthFirst which is likelier where both are possible
     */
    static DateGuess of(Collection<String> values, boolean monthFirst) {
        Set<String> left = new LinkedHashSet<>(values);
        List<String> formats = new ArrayList<>();
        boolean ambiguous = false;
        take(left, "iso", ISO, formats);
        take(left, "epoch", EPOCH, formats);
        take(left, "epoch_millis", EPOCH_MILLIS, formats);
        List<String> candidates = candidates(monthFirst);
        while (!left.isEmpty()) {
            List<String> some = left.stream().limit(MOST_COMPARED).toList();
            String best = "";
            int most = 0;
            for (String candidate : candidates) {
                int read = read(some, candidate).size();
                if (read > most) {
                    best = candidate;
                    most = read;
                }
            }
            if (most == 0) {
                break;
            }
            Set<String> read = read(left, best);
            ambiguous |= isAmbiguous(best, read);
            formats.add(best);
            left.removeAll(read);
        }
        // A few values that are none leave the column one of dates.
        return left.size() * VALUES_FOR_ONE_OTHER > values.size()
                ? new DateGuess(List.of(), false, Set.copyOf(values))
                : new DateGuess(formats, ambiguous, left);
    }

    private static void take(
            Set<String> values, String format, Pattern pattern, List<String> formats) {
        if (values.removeIf(value -> pattern.matcher(value).matches())) {
            formats.add(format);
        }
    }

    private static List<String> candidates(boolean monthFirst) {
        List<String> days = new ArrayList<>(monthFirst ? MONTH_FIRST : DAY_FIRST);
        days.addAll(monthFirst ? DAY_FIRST : MONTH_FIRST);
        days.addAll(OTHERS);
        List<String> all = new ArrayList<>();
        for (String day : days) {
            for (String time : TIMES) {
                all.add(day + time);
            }
        }
        return all;
    }

    private static Set<String> read(Collection<String> values, String format) {
        DateTimeFormatter formatter =
                new DateTimeFormatterBuilder()
                        .parseCaseInsensitive()
                        .appendPattern(format)
                        .toFormatter(Locale.ENGLISH);
        Set<String> read = new LinkedHashSet<>();
        for (String value : values) {
            if (isDate(value, formatter)) {
                read.add(value);
            }
        }
        return read;
    }

    private static boolean isDate(String value, DateTimeFormatter formatter) {
        try {
            return formatter.parse(value).isSupported(ChronoField.EPOCH_DAY);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isAmbiguous(String format, Set<String> values) {
        String other =
                format.startsWith("d") && !format.contains("MMM")
                        ? format.replaceFirst("^(d+)([./-])(M+)", "$3$2$1")
                        : format.replaceFirst("^(M+)([./-])(d+)", "$3$2$1");
        return !other.equals(format)
                && MONTH_FIRST.stream()
                        .anyMatch(day -> format.startsWith(day) || other.startsWith(day))
                && !format.contains("MMM")
                && read(values, other).size() == values.size();
    }
}

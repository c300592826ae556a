package io.shopflow.dashboard.explore;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place between two rows of a sorted view, named by the row before it. It has only as many of the
 * sorted columns as it takes to tell this row from the one after it: all rows that come after both
 * differ in these columns too. So the place is found again without counting rows, wherever rows
 * were added or deleted since.
 *
 * @param values of the row before it, in the sequence in which rows are sorted
 * @param copies if both rows are equal in all columns, how many rows equal to them are before the
 *     place; else 0
 */
record Cut(List<@Nullable String> values, long copies) {

    private static final int MAX_DIGITS = 200;
    private static final long MAX_COPIES = 1_000_000;

    private static final Pattern COPIES = Pattern.compile("(\\d{1,7});");
    private static final Pattern VALUE = Pattern.compile("-|(\\d{1,9}):");
    private static final Pattern NUMBER =
            Pattern.compile("-?\\d+(\\.\\d+)?(e[+-]?\\d{1,3})?|NaN|-?Infinity");

    Cut {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** As an address has it. */
    String encoded() {
        StringBuilder text = new StringBuilder().append(copies).append(';');
        for (String value : values) {
            if (value == null) {
                text.append('-');
            } else {
                text.append(value.length()).append(':').append(value);
            }
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Reads it from an address; empty if it is not a place among rows sorted by these columns. */
    static Optional<Cut> decoded(String encoded, List<Column> sorted) {
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        Matcher copies = COPIES.matcher(text);
        if (!copies.lookingAt()) {
            return Optional.empty();
        }
        List<@Nullable String> values = new ArrayList<>();
        int at = copies.end();
        Matcher value = VALUE.matcher(text);
        while (at < text.length()) {
            if (values.size() == sorted.size() || !value.find(at) || value.start() != at) {
                return Optional.empty();
            }
            at = value.end();
            if (value.group(1) == null) {
                values.add(null);
                continue;
            }
            int length = Integer.parseInt(value.group(1));
            if (length > text.length() - at
                    || !isPossible(text.substring(at, at + length), sorted.get(values.size()))) {
                return Optional.empty();
            }
            values.add(text.substring(at, at + length));
            at += length;
        }
        long number = Long.parseLong(copies.group(1));
        boolean whole = values.size() == sorted.size();
        return values.isEmpty() || number > MAX_COPIES || (number > 0 && !whole)
                ? Optional.empty()
                : Optional.of(new Cut(values, number));
    }

    private static boolean isPossible(String value, Column column) {
        return switch (column.kind()) {
            case TEXT, OTHER -> value.indexOf('\0') < 0;
            case BOOLEAN -> value.equals("true") || value.equals("false");
            case NUMBER -> isNumber(value, column);
            case DATE, INSTANT, TIME -> isTime(value, column.kind() == Kind.DATE);
        };
    }

    private static boolean isNumber(String value, Column column) {
        if (value.length() > MAX_DIGITS || !NUMBER.matcher(value).matches()) {
            return false;
        }
        return !Character.isDigit(value.charAt(value.length() - 1))
                || !column.type().equals("double precision")
                || Double.isFinite(new BigDecimal(value).doubleValue());
    }

    private static boolean isTime(String value, boolean isDay) {
        if (value.equals("infinity") || value.equals("-infinity")) {
            return true;
        }
        try {
            if (isDay) {
                LocalDate.parse(value);
            } else {
                LocalDateTime.parse(value.replace(' ', 'T'));
            }
            return value.charAt(0) != '-' && value.charAt(0) != '+';
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}

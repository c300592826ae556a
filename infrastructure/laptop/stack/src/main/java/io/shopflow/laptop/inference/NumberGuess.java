package io.shopflow.laptop.inference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How numbers are written in values.
 *
 * @param commas values with a decimal comma
 * @param points values with a decimal point
 * @param grouping what is between groups of three digits; empty if nothing is
 * @param symbols values with a currency sign or code, or a sign for less than 0 other than a minus
 *     before the number
 */
record NumberGuess(long commas, long points, String grouping, boolean symbols) {

    static final NumberGuess NONE = new NumberGuess(0, 0, "", false);

    private static final Pattern WITH_COMMA =
            Pattern.compile("-?\\d+,\\d{1,2}|-?\\d{1,3}([. '’\u00a0]\\d{3})+,\\d+");
    private static final Pattern WITH_POINT =
            Pattern.compile("-?\\d+\\.\\d{1,2}|-?\\d{1,3}([, '’\u00a0]\\d{3})+\\.\\d+");
    private static final Pattern GROUPED = Pattern.compile("-?\\d{1,3}([., '’\u00a0])\\d{3}\\D.*");
    private static final Pattern NUMBER = Pattern.compile("-?[\\d.,' ’\u00a0]*\\d");
    private static final Pattern AROUND =
            Pattern.compile(
                    "^\\(?-?([\\p{Sc}]|[A-Z]{3})? ?-?(?=[\\d])|(?<=\\d) ?([\\p{Sc}]|[A-Z]{3})?-?\\)?$");

    static NumberGuess of(Collection<String> values) {
        long commas = 0;
        long points = 0;
        String grouping = "";
        boolean symbols = false;
        for (String value : values) {
            String bare = bare(value);
            symbols |= !bare.equals(value) && !value.equals("-" + bare);
            commas += WITH_COMMA.matcher(bare).matches() ? 1 : 0;
            points += WITH_POINT.matcher(bare).matches() ? 1 : 0;
            Matcher grouped = GROUPED.matcher(bare);
            grouping = grouped.matches() ? grouped.group(1) : grouping;
        }
        return new NumberGuess(commas, points, grouping, symbols);
    }

    NumberGuess plus(NumberGuess other) {
        return new NumberGuess(
                commas + other.commas,
                points + other.points,
                other.grouping.isEmpty() ? grouping : other.grouping,
                symbols || other.symbols);
    }

    boolean decimalComma() {
        return commas > points;
    }

    /** The value of {@code numbers} in a mapping; empty for the default. */
    String yaml() {
        List<String> parts = new ArrayList<>();
        if (decimalComma()) {
            parts.add(
                    "decimal: \",\", grouping: \"%s\""
                            .formatted(grouping.isEmpty() ? "." : grouping));
        } else if (!grouping.isEmpty()) {
            parts.add("decimal: \".\", grouping: \"%s\"".formatted(grouping));
        }
        if (symbols) {
            parts.add("symbols: true");
        }
        return parts.isEmpty() ? "" : "{" + String.join(", ", parts) + "}";
    }

    /** The number of a value; empty if it is none. */
    Optional<BigDecimal> number(String value) {
        String bare = bare(value);
        if (!NUMBER.matcher(bare).matches()) {
            return Optional.empty();
        }
        boolean negative =
                value.startsWith("-")
                        || value.startsWith("(")
                        || value.endsWith("-")
                        || value.matches("\\D+-.*");
        String digits =
                bare.replace("-", "")
                        .replaceAll("[ '’\u00a0]", "")
                        .replace(decimalComma() ? "." : ",", "")
                        .replace(',', '.');
        try {
            BigDecimal number = new BigDecimal(digits);
            return Optional.of(negative ? number.negate() : number);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String bare(String value) {
        return AROUND.matcher(value).replaceAll("");
    }
}

package io.shopflow.extract.files;

import io.shopflow.core.source.SourceFormat.NumberFormat;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers that are compared or computed with, in a source's format; {@code 15%} is 0.15. The
 * transform reads those that are only passed on.
 */
final class DecimalReader {

    private static final int MAX_CHARACTERS = 60;

    /**
     * {@code 1234}, {@code 1,234.5}, {@code .5} and {@code 1.5E-3}, with the format's separators.
     */
    private final Pattern number;

    private final String decimal;
    private final String grouping;
    private final boolean symbols;

    DecimalReader(NumberFormat format) {
        decimal = format.decimalSeparator();
        String separator = format.groupingSeparator();
        grouping = separator == null ? "" : separator;
        symbols = format.symbols();
        String group = Pattern.quote(grouping);
        String groups = grouping.isEmpty() ? "" : "[1-9]\\d{0,2}(?:%s\\d{3})+|".formatted(group);
        number =
                Pattern.compile(
                        "(?<whole>%s\\d*)(?:%s(?<fraction>\\d+))?(?:[eE](?<exponent>[+-]?\\d{1,2}))?"
                                .formatted(groups, Pattern.quote(decimal)));
    }

    /** The number in a text; null if it is none. */
    @Nullable BigDecimal read(String text) {
        if (text.length() > MAX_CHARACTERS) {
            return null;
        }
        String digits = text.strip().replace('\u00a0', ' ').replace('\u202f', ' ');
        boolean negative = false;
        if (symbols && digits.startsWith("(") && digits.endsWith(")")) {
            negative = true;
            digits = digits.substring(1, digits.length() - 1);
        }
        digits = withoutSymbols(digits);
        if (digits.startsWith("-") || digits.startsWith("\u2212") || digits.startsWith("+")) {
            negative ^= digits.charAt(0) != '+';
            digits = withoutSymbols(digits.substring(1));
        } else if (symbols && digits.endsWith("-")) {
            negative = !negative;
            digits = digits.substring(0, digits.length() - 1);
        }
        boolean percent = digits.endsWith("%");
        if (percent) {
            digits = digits.substring(0, digits.length() - 1).stripTrailing();
        }
        BigDecimal value = magnitude(digits);
        if (value == null) {
            return null;
        }
        BigDecimal scaled = percent ? value.movePointLeft(2) : value;
        return negative ? scaled.negate() : scaled;
    }

    private @Nullable BigDecimal magnitude(String digits) {
        Matcher matcher = number.matcher(digits);
        if (!matcher.matches()) {
            return null;
        }
        String whole = matcher.group("whole");
        String fraction = matcher.group("fraction");
        String exponent = matcher.group("exponent");
        if (whole.isEmpty() && fraction == null) {
            return null;
        }
        String plain = grouping.isEmpty() ? whole : whole.replace(grouping, "");
        return new BigDecimal(
                (plain.isEmpty() ? "0" : plain)
                        + (fraction == null ? "" : "." + fraction)
                        + (exponent == null ? "" : "E" + exponent));
    }

    /** A number in the form in which it is read. */
    String written(BigDecimal value) {
        return value.toPlainString().replace(".", decimal);
    }

    /** Takes currency signs, codes and blanks from both ends. */
    private String withoutSymbols(String text) {
        int from = 0;
        int to = text.length();
        while (symbols && from < to && isSymbol(text.charAt(from))) {
            from++;
        }
        while (symbols && to > from && isSymbol(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSymbol(char c) {
        return c == ' '
                || Character.isLetter(c)
                || Character.getType(c) == Character.CURRENCY_SYMBOL;
    }
}

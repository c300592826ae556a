package io.shopflow.transform.row;

import io.shopflow.core.money.MinorUnits;
import io.shopflow.core.privacy.Masking;
import io.shopflow.core.source.SourceFormat.NumberFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers as a source writes them. Results are valid from {@link #read} until its next call.
 */
final class NumberReader {

    private static final int MAX_CHARACTERS = 60;
    private static final int MAX_FAST_DIGITS = 18;
    private static final int MAX_DECIMALS = 6;
    private static final BigDecimal MAX_DECIMAL = BigDecimal.valueOf(1_000_000_000);

    /** Far above any shop's amount, and small enough that sums stay exact. */
    private static final long MAX_MINOR = 1_000_000_000_000_000L;

    private static final Pattern EXPONENT = Pattern.compile("[Ee][-+]?(?<digits>\\d+)");

    private static final BigInteger MAX_EXPONENT = BigInteger.valueOf(30);

    /**
     * From this exponent on, spreadsheets write whole numbers with an exponent, and drop digits.
     */
    private static final int SPREADSHEET_EXPONENT = 11;

    private static final long[] POWERS_OF_TEN = {1, 10, 100, 1000};
    private static final int GROUP_DIGITS = 3;
    private static final int MIN_PHONE_DIGITS = 8;
    private static final int MIN_PERSONAL_DIGITS = 11;
    private static final char NO_GROUPING = '\0';

    private final char decimal;
    private final char grouping;
    private final boolean negated;
    private final @Nullable AmountSymbols symbols;
    private final char[] digits = new char[MAX_CHARACTERS + 1];

    private long unscaled;
    private int scale;
    private @Nullable BigDecimal large;
    private long whole;
    private boolean rounded;

    /**
     * @param negated whether the source writes numbers with the opposite sign
     */
    NumberReader(NumberFormat format, boolean negated) {
        this.negated = negated;
        this.symbols = format.symbols() ? new AmountSymbols() : null;
        this.decimal = format.decimalSeparator().charAt(0);
        String separator = format.groupingSeparator();
        this.grouping =
                separator == null || separator.isEmpty()
                        ? NO_GROUPING
                        : plainSpace(separator.charAt(0));
    }

    /** Reads a number; returns null, or the rule that it breaks. */
    @Nullable Rule read(String text) {
        if (text.length() > MAX_CHARACTERS) {
            return Rule.NUMBER_RANGE;
        }
        if (symbols == null) {
            return read(text, false);
        }
        return symbols.strip(text)
                ? read(symbols.digits(), symbols.negative())
                : Rule.NUMBER_FORMAT;
    }

    private @Nullable Rule read(String text, boolean opposite) {
        int from = 0;
        boolean minus = !text.isEmpty() && AmountSymbols.isMinus(text.charAt(0));
        if (minus || text.startsWith("+")) {
            from = 1;
        }
        int count = 0;
        int fraction = -1;
        int exponentAt = -1;
        int groupDigits = 0;
        boolean grouped = false;
        long value = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits[count++] = c;
                value = value * 10 + (c - '0');
                groupDigits++;
            } else if (c == decimal && fraction < 0) {
                if (grouped && groupDigits != GROUP_DIGITS) {
                    return Rule.NUMBER_FORMAT;
                }
                fraction = count;
            } else if (isGrouping(c) && fraction < 0) {
                // No one groups 0.750: it is a fraction in another format.
                boolean fits =
                        grouped
                                ? groupDigits == GROUP_DIGITS
                                : groupDigits > 0
                                        && groupDigits <= GROUP_DIGITS
                                        && digits[0] != '0';
                if (!fits) {
                    return Rule.NUMBER_FORMAT;
                }
                grouped = true;
                groupDigits = 0;
            } else if ((c == 'E' || c == 'e') && !grouped) {
                exponentAt = i;
                break;
            } else {
                return Rule.NUMBER_FORMAT;
            }
        }
        boolean endsWell =
                count > 0
                        && fraction != count
                        && (fraction >= 0 || !grouped || groupDigits == GROUP_DIGITS);
        if (!endsWell || (fraction < 0 && !grouped && isPersonal(text, count))) {
            return Rule.NUMBER_FORMAT;
        }
        scale = fraction < 0 ? 0 : count - fraction;
        if (exponentAt >= 0) {
            Rule broken = readExponent(text.substring(exponentAt));
            if (broken != null) {
                return broken;
            }
        }
        boolean negative = minus ^ opposite ^ negated;
        if (count <= MAX_FAST_DIGITS) {
            unscaled = negative ? -value : value;
            large = null;
        } else {
            BigDecimal magnitude = new BigDecimal(digits, 0, count).movePointLeft(scale);
            large = negative ? magnitude.negate() : magnitude;
        }
        return null;
    }

    /**
     * Reads {@code E7}, {@code e+7} or {@code E-2}, with which programs write large and small
     * numbers.
     */
    private @Nullable Rule readExponent(String text) {
        Matcher matcher = EXPONENT.matcher(text);
        if (!matcher.matches()) {
            return Rule.NUMBER_FORMAT;
        }
        BigInteger exponent = new BigInteger(matcher.group("digits"));
        if (exponent.compareTo(MAX_EXPONENT) > 0) {
            return Rule.NUMBER_RANGE;
        }
        int value = exponent.intValue();
        if (text.startsWith("E+") && value >= SPREADSHEET_EXPONENT) {
            return Rule.NUMBER_ROUNDED;
        }
        scale += text.charAt(1) == '-' ? value : -value;
        return null;
    }

    /**
     * Computes the amount in minor units, rounded half up; returns null, or the rule that it
     * breaks. {@link #rounded} is true if it had more decimals than the currency.
     */
    @Nullable Rule toMinor(Currency currency) {
        if (symbols != null && !symbols.mayBe(currency)) {
            return Rule.CURRENCY_SIGN;
        }
        rounded = false;
        int shift = currency.getDefaultFractionDigits() - scale;
        if (large == null
                && shift >= 0
                && shift < POWERS_OF_TEN.length
                && Math.abs(unscaled) <= MAX_MINOR) {
            whole = unscaled * POWERS_OF_TEN[shift];
        } else {
            BigDecimal amount = number();
            rounded = hasFraction(amount.movePointRight(currency.getDefaultFractionDigits()));
            try {
                whole = MinorUnits.rounded(amount, currency);
            } catch (ArithmeticException e) {
                return Rule.NUMBER_RANGE;
            }
        }
        return Math.abs(whole) > MAX_MINOR ? Rule.NUMBER_RANGE : null;
    }

    /** Whether an amount in minor units exceeds the limit. */
    static boolean isBeyond(long minor) {
        return minor > MAX_MINOR || minor < -MAX_MINOR;
    }

    /** Whether the last amount was rounded. */
    boolean rounded() {
        return rounded;
    }

    /** Computes the whole number; returns null, or the rule that it breaks. */
    @Nullable Rule toWhole() {
        BigDecimal number = number();
        if (hasFraction(number)) {
            return Rule.NUMBER_WHOLE;
        }
        if (number.abs().compareTo(MAX_DECIMAL) > 0) {
            return Rule.NUMBER_RANGE;
        }
        whole = number.longValueExact();
        return null;
    }

    /**
     * Checks that the number has at most six decimals and does not exceed {@link #MAX_DECIMAL};
     * returns null, or the rule that it breaks.
     */
    @Nullable Rule toDecimal() {
        BigDecimal number = number();
        if (number.abs().compareTo(MAX_DECIMAL) > 0) {
            return Rule.NUMBER_RANGE;
        }
        return scale > MAX_DECIMALS && number.stripTrailingZeros().scale() > MAX_DECIMALS
                ? Rule.NUMBER_DECIMALS
                : null;
    }

    /** The result of {@link #toMinor} or {@link #toWhole}. */
    long whole() {
        return whole;
    }

    /** The number as written. */
    BigDecimal number() {
        return large == null ? BigDecimal.valueOf(unscaled, scale) : large;
    }

    /**
     * {@code +442079460958} or {@code 02079460958} is not a quantity or a price, and neither is a
     * long number with the check digits of a personal number.
     */
    private static boolean isPersonal(String text, int count) {
        return isPhone(text) || (count >= MIN_PERSONAL_DIGITS && Masking.isPersonal(text));
    }

    private static boolean isPhone(String text) {
        return text.length() > MIN_PHONE_DIGITS
                && (text.charAt(0) == '+' || (text.charAt(0) == '0' && text.charAt(1) != '0'));
    }

    private boolean isGrouping(char c) {
        return grouping != NO_GROUPING && plainSpace(c) == grouping;
    }

    /** A no-break space, including the narrow one, groups digits like a space. */
    private static char plainSpace(char c) {
        return c == '\u00a0' || c == '\u202f' ? ' ' : c;
    }

    private static boolean hasFraction(BigDecimal number) {
        return number.stripTrailingZeros().scale() > 0;
    }
}

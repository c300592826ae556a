package io.shopflow.transform.row;

import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Strips everything but the digits from an amount: a currency's sign or code at either end, and the
 * mark of a negative amount, {@code -12.99}, {@code 12.99-} or {@code (12.99)}. Results are valid
 * from {@link #strip} until its next call.
 */
final class AmountSymbols {

    /** Signs of currencies in lower case, each with the codes of its currencies. */
    private static final Map<String, Set<String>> SIGNS =
            """
            $ USD CAD AUD NZD HKD SGD TWD MXN ARS CLP COP UYU BRL BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD
            us$ USD
            c$ CAD
            ca$ CAD
            a$ AUD
            au$ AUD
            nz$ NZD
            hk$ HKD
            s$ SGD
            nt$ TWD
            mx$ MXN
            r$ BRL
            € EUR
            euro EUR
            £ GBP EGP GIP FKP SHP LBP SYP SDG
            ¥ JPY CNY
            ￥ JPY CNY
            円 JPY
            元 CNY
            ₹ INR
            rs INR PKR LKR NPR MUR SCR
            fr CHF
            sfr CHF
            kr SEK NOK DKK ISK
            kč CZK
            zł PLN
            ft HUF
            lei RON MDL
            лв BGN
            ₽ RUB
            ₴ UAH
            ₺ TRY
            tl TRY
            ₩ KRW KPW
            ₪ ILS
            ฿ THB
            ₫ VND
            ₱ PHP
            ₦ NGN
            ₵ GHS
            rp IDR
            rm MYR
            r ZAR
            """
                    .lines()
                    .map(line -> List.of(line.split(" ")))
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    List::getFirst,
                                    words -> Set.copyOf(words.subList(1, words.size()))));

    private String text = "";
    private int from;
    private int to;
    private boolean negative;
    private boolean signed;
    private String name = "";

    /** Strips the symbols; returns false if they contradict each other. */
    boolean strip(String amount) {
        text = amount;
        from = 0;
        to = amount.length();
        negative = false;
        signed = false;
        name = "";
        while (from < to) {
            if (isBlank(text.charAt(from))) {
                from++;
            } else if (isBlank(text.charAt(to - 1))) {
                to--;
            } else if (text.charAt(from) == '(' && text.charAt(to - 1) == ')') {
                if (!sign(true)) {
                    return false;
                }
                from++;
                to--;
            } else if (isSign(text.charAt(from))) {
                if (!sign(isMinus(text.charAt(from)))) {
                    return false;
                }
                from++;
            } else if (isSign(text.charAt(to - 1))) {
                if (!sign(isMinus(text.charAt(to - 1)))) {
                    return false;
                }
                to--;
            } else if (isOfName(text.charAt(from))) {
                int start = from;
                while (from < to && isOfName(text.charAt(from))) {
                    from++;
                }
                if (!named(text.substring(start, from))) {
                    return false;
                }
                if (from + 1 < to && text.charAt(from) == '.' && !isDigit(text.charAt(from + 1))) {
                    from++;
                }
            } else if (isOfName(lastOfName())) {
                int end = text.charAt(to - 1) == '.' ? to - 1 : to;
                to = end;
                while (to > from && isOfName(text.charAt(to - 1))) {
                    to--;
                }
                if (!named(text.substring(to, end))) {
                    return false;
                }
            } else {
                return true;
            }
        }
        return false;
    }

    /** The digits with their separators. */
    String digits() {
        return text.substring(from, to);
    }

    boolean negative() {
        return negative;
    }

    /** Whether the amount names this currency, or none. */
    boolean mayBe(Currency currency) {
        if (name.isEmpty() || name.equalsIgnoreCase(currency.getCurrencyCode())) {
            return true;
        }
        Set<String> named = SIGNS.get(name.toLowerCase(Locale.ROOT));
        return named != null && named.contains(currency.getCurrencyCode());
    }

    /** Whether the amount names a known currency, or none. */
    boolean namesKnownCurrencyOrNone() {
        return name.isEmpty() || isKnown(name);
    }

    /** Whether a text is the sign or the code of a currency. */
    static boolean isKnown(String currency) {
        return SIGNS.containsKey(currency.toLowerCase(Locale.ROOT))
                || Currency.getAvailableCurrencies().stream()
                        .anyMatch(known -> known.getCurrencyCode().equalsIgnoreCase(currency));
    }

    static boolean isMinus(char c) {
        return c == '-' || c == '\u2212' || c == '\uff0d';
    }

    private boolean sign(boolean minus) {
        boolean first = !signed;
        signed = true;
        negative = minus;
        return first;
    }

    private boolean named(String found) {
        boolean first = name.isEmpty() || name.equalsIgnoreCase(found);
        name = found;
        return first;
    }

    private char lastOfName() {
        char last = text.charAt(to - 1);
        return last == '.' && to - 2 >= from ? text.charAt(to - 2) : last;
    }

    private static boolean isSign(char c) {
        return c == '+' || isMinus(c);
    }

    private static boolean isOfName(char c) {
        return Character.isLetter(c) || Character.getType(c) == Character.CURRENCY_SYMBOL;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\u00a0' || c == '\u202f' || c == '\u2009';
    }
}

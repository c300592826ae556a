package io.shopflow.core.text;

import java.util.Locale;

/** Numbers of things in English: {@code 1 row}, {@code 1,200 rows}. Nothing else writes plurals. */
public final class Counted {

    private Counted() {}

    /**
     * The number and its noun: {@code 1 category}, {@code 2 more rows}.
     *
     * @param noun in the singular; its last word is counted
     */
    public static String of(long number, String noun) {
        return number(number) + " " + noun(number, noun);
    }

    /** The same with its verb: {@code 1 row is}, {@code 2 rows are}. */
    public static String be(long number, String noun) {
        return of(number, noun) + (number == 1 ? " is" : " are");
    }

    /** The noun without its number. */
    public static String noun(long number, String noun) {
        return number == 1 ? noun : plural(noun);
    }

    /**
     * The number before a text that begins with a noun in the plural, or with no noun: {@code 1
     * order in two currencies} of {@code orders in two currencies}, {@code 1 of 5 rows} of {@code
     * of 5 rows}.
     */
    public static String before(long number, String text) {
        int end = text.indexOf(' ') < 0 ? text.length() : text.indexOf(' ');
        String first = text.substring(0, end);
        return number(number) + " " + (number == 1 ? singular(first) : first) + text.substring(end);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String plural(String noun) {
        if (noun.matches(".*[^aeiou]y")) {
            return noun.substring(0, noun.length() - 1) + "ies";
        }
        return noun.matches(".*(s|x|ch|sh)") ? noun + "es" : noun + "s";
    }

    private static String singular(String noun) {
        if (noun.endsWith("ies")) {
            return noun.substring(0, noun.length() - 3) + "y";
        }
        return noun.endsWith("s") ? noun.substring(0, noun.length() - 1) : noun;
    }
}

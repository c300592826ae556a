package io.shopflow.laptop.runs;

import java.util.regex.Pattern;

/** Makes values of foreign files safe for a terminal, which interprets control characters. */
public final class Printable {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\u2028\u2029]");

    private Printable() {}

    /** The value without control characters. */
    public static String text(String value) {
        return CONTROL.matcher(value).replaceAll(" ");
    }
}

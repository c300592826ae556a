package io.shopflow.local.runs;

import java.util.regex.Pattern;

/** Values of other people's files on a terminal, which obeys what it is sent. */
final class Printable {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\u2028\u2029]");

    private Printable() {}

    static String text(String value) {
        return CONTROL.matcher(value).replaceAll(" ");
    }
}

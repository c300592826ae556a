package io.shopflow.core.source;

import java.util.regex.Pattern;

/** The rule for names of sources: they are part of keys, so they have no hyphen and no slash. */
public final class SourceName {

    private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9_]{0,30}");

    private SourceName() {}

    /** Whether a source may have this name. */
    public static boolean isValid(String name) {
        return VALID.matcher(name).matches();
    }

    /** Returns the name, or throws {@link IllegalArgumentException} with the rule. */
    public static String check(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException(
                    "'"
                            + name
                            + "' is not a source name: use lower-case letters, digits and _, at most 31, beginning with a letter");
        }
        return name;
    }
}

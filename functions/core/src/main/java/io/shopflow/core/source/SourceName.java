package io.shopflow.core.source;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The rule for names of sources: they are part of keys, so they have no hyphen and no slash. */
public final class SourceName {

    private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9_]{0,30}");

    /**
     * The first words of the names of ShopFlow's own variables, after {@code SHOPFLOW_}. A source's
     * variables begin with its name, so with one of these it could refer to settings. {@code
     * ConfigurationTableTest} compares them with the settings.
     */
    private static final Set<String> RESERVED =
            Set.of(
                    "backfill",
                    "bi",
                    "bucket",
                    "dashboard",
                    "database",
                    "environment",
                    "extract",
                    "load",
                    "loader",
                    "pseudonym",
                    "source");

    private SourceName() {}

    /** The words with which no name of a source may begin. */
    public static Set<String> reserved() {
        return RESERVED;
    }

    /** Why a source cannot be called this, although the name is valid; empty if it can. */
    public static Optional<String> conflict(String name) {
        String word = name.split("_", 2)[0];
        return RESERVED.contains(word)
                ? Optional.of(
                        "A source cannot be called '%s': its variables would begin with SHOPFLOW_%s_, as ShopFlow's own settings do. Rename the file; the name must not begin with the word '%s'."
                                .formatted(name, word.toUpperCase(Locale.ROOT), word))
                : Optional.empty();
    }

    /** Whether a source may have this name. */
    public static boolean isValid(String name) {
        return VALID.matcher(name).matches();
    }

    /** The file that configures a source, as its author knows it: in the repository's folder. */
    public static String file(String name) {
        return "sources/" + name + ".yaml";
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

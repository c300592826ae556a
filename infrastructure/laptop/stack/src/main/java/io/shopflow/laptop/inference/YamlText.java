package io.shopflow.laptop.inference;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts as YAML. */
final class YamlText {

    /** What is a text without quotes, also within braces. */
    private static final Pattern PLAIN =
            Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_./()%+*€$£ -]*(?<! )");

    /** YAML also ends lines at the last three. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

    private static final Set<String> OTHER_VALUES =
            Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");

    private YamlText() {}

    static String of(String text) {
        return PLAIN.matcher(text).matches()
                        && !text.contains(" #")
                        && !OTHER_VALUES.contains(text.toLowerCase(Locale.ROOT))
                ? text
                : quoted(text);
    }

    /** In single quotes, or, if it has line ends or the like, in double ones. */
    static String quoted(String text) {
        if (CONTROL.matcher(text).find()) {
            String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
            return CONTROL.matcher(escaped)
                    .replaceAll(control -> "\\\\u%04x".formatted((int) control.group().charAt(0)))
                    .transform(inner -> "\"" + inner + "\"");
        }
        return "'" + text.replace("'", "''") + "'";
    }

    /** {@code a} of one, {@code [a, b]} of more. */
    static String list(Collection<String> texts) {
        return texts.size() == 1
                ? of(texts.iterator().next())
                : texts.stream().map(YamlText::of).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A comment must stay one, whatever a file calls its columns. */
    static String comment(String text) {
        return CONTROL.matcher(text).replaceAll(" ");
    }
}

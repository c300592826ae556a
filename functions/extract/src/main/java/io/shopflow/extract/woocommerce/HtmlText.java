package io.shopflow.extract.woocommerce;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names as WordPress stores them: with HTML entities, so that an ampersand takes five characters.
 */
final class HtmlText {

    private static final Pattern ENTITY =
            Pattern.compile("&(?:#(\\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));");

    private static final Map<String, String> NAMED =
            Map.of(
                    "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ",
                    "ndash", "–", "mdash", "—", "rsquo", "’", "hellip", "…");

    private HtmlText() {}

    /** Decodes the entities that WordPress writes, once; an unknown entity stays unchanged. */
    static String decode(String text) {
        return text.indexOf('&') < 0
                ? text
                : ENTITY.matcher(text)
                        .replaceAll(match -> Matcher.quoteReplacement(decoded(match)));
    }

    private static String decoded(java.util.regex.MatchResult match) {
        if (match.group(3) != null) {
            return NAMED.getOrDefault(match.group(3), match.group());
        }
        int codePoint =
                match.group(1) != null
                        ? Integer.parseInt(match.group(1))
                        : Integer.parseInt(match.group(2), 16);
        return Character.isValidCodePoint(codePoint)
                ? Character.toString(codePoint)
                : match.group();
    }
}

package io.shopflow.extract.files;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A change of a text. */
public sealed interface Edit {

    /** The text after the change. */
    String of(String text);

    /**
     * The first match of an expression: its first group, or all of it if it has none; empty without
     * a match. The engine needs time in proportion to the text, whatever the expression.
     */
    record Match(Pattern pattern) implements Edit {
        @Override
        public String of(String text) {
            Matcher matcher = pattern.matcher(text);
            if (!matcher.find()) {
                return "";
            }
            String found = matcher.group(Math.min(1, matcher.groupCount()));
            return found == null ? "" : found;
        }
    }

    /** Another text for each of some texts; others stay as they are. */
    record Translation(Map<String, String> texts) implements Edit {
        public Translation {
            texts = Map.copyOf(texts);
        }

        @Override
        public String of(String text) {
            return texts.getOrDefault(text, text);
        }
    }

    /** Each occurrence of some parts, one after the other, by another part. */
    record Replacement(Map<String, String> parts) implements Edit {
        public Replacement {
            parts = new LinkedHashMap<>(parts);
        }

        @Override
        public String of(String text) {
            String replaced = text;
            for (Map.Entry<String, String> part : parts.entrySet()) {
                replaced = replaced.replace(part.getKey(), part.getValue());
            }
            return replaced;
        }
    }

    /** Without the first match of an expression. */
    record Removal(Pattern pattern) implements Edit {
        @Override
        public String of(String text) {
            return pattern.matcher(text).replaceFirst("");
        }
    }

    /** Capital or small letters. */
    record Letters(boolean upper) implements Edit {
        @Override
        public String of(String text) {
            return upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
        }
    }
}

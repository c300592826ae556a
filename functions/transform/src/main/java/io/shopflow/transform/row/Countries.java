package io.shopflow.transform.row;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Countries as shops write them: ISO 3166-1 codes of two or three letters, also {@code UK}, {@code
 * EL} and {@code XK}, and names, in the country's own languages or one of those of Europe.
 */
final class Countries {

    private static final String TABLE = "countries.csv";

    private static final int CODE_LENGTH = 2;

    /** Longer than any name. */
    private static final int MAX_CHARACTERS = 80;

    /**
     * In addition to ISO's: the other codes of the United Kingdom and Greece, and Northern Ireland
     * in VAT ids.
     */
    private static final Map<String, String> OTHER_CODES =
            Map.of("UK", "GB", "EL", "GR", "XI", "GB");

    /** Read once: the table has some thousand names. */
    private static final Countries KNOWN = load();

    private final Set<String> codes = new HashSet<>();
    private final Map<String, String> byName = new HashMap<>();

    private Countries() {}

    /** The countries of the table. */
    static Countries known() {
        return KNOWN;
    }

    private static Countries load() {
        Countries countries = new Countries();
        try (InputStream table = Countries.class.getResourceAsStream(TABLE)) {
            if (table == null) {
                throw new IllegalStateException("the package has no " + TABLE);
            }
            new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(countries::add);
        } catch (IOException e) {
            throw new UncheckedIOException(TABLE, e);
        }
        OTHER_CODES.forEach((other, code) -> countries.byName.put(folded(other), code));
        return countries;
    }

    private void add(String line) {
        String[] names = line.split(",");
        codes.add(names[0]);
        for (String name : names) {
            byName.put(folded(name), names[0]);
        }
    }

    /** The alpha-2 code; null if the country is unknown. */
    @Nullable String code(String country) {
        if (country.length() == CODE_LENGTH && codes.contains(country)) {
            return country;
        }
        return country.length() > MAX_CHARACTERS ? null : byName.get(folded(country));
    }

    /** The name without case, accents, punctuation and article. */
    private static String folded(String name) {
        String letters = Normalizer.normalize(name, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
        StringBuilder words = new StringBuilder(letters.length());
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= letters.length(); i++) {
            char c = i < letters.length() ? letters.charAt(i) : ' ';
            if (Character.isLetterOrDigit(c)) {
                word.append(c);
            } else if (c == '&') {
                append(words, "and");
            } else if (c != '.' && Character.getType(c) != Character.NON_SPACING_MARK) {
                append(words, word.toString());
                word.setLength(0);
            }
        }
        return words.toString();
    }

    private static void append(StringBuilder words, String word) {
        switch (word) {
            case "", "the" -> {}
            case "st" -> words.append(" saint");
            default -> words.append(' ').append(word);
        }
    }
}

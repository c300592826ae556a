package io.shopflow.laptop.inference;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of exports in several languages: names of columns and of states, and countries. */
final class Words {

    private static final Pattern MARKS = Pattern.compile("\\p{M}");
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]");

    /** Words that qualify an amount, such as net, but do not identify it. */
    private static final Pattern WITHOUT_MEANING =
            Pattern.compile(
                    "(netto|brutto|net|eur|usd|gbp|chf|inpounds|ineuro|ht|ttc|amount|betrag)$");

    private static final Pattern PERCENT =
            Pattern.compile("(?i)[ (\\[_-]*(in[ _]?)?(%|percent|prozent|pct)[ )\\]]*$");

    private static final Set<Role> DISCOUNTS =
            EnumSet.of(Role.DISCOUNT, Role.LINE_DISCOUNT, Role.ORDER_DISCOUNT);

    /**
     * A name of a column.
     *
     * @param rank among the names of its meaning in its language, the best first
     */
    record Meaning(Role role, String language, int rank) {}

    private static final Map<String, List<Meaning>> COLUMNS = readColumns();
    private static final Map<String, String> STATES = readStates();
    private static final List<Country> COUNTRIES = readCountries();

    private Words() {}

    /** What a column of this name may mean. */
    static List<Meaning> meanings(String column) {
        if (isPercent(column)) {
            return meanings(PERCENT.matcher(column).replaceFirst("")).stream()
                    .filter(meaning -> DISCOUNTS.contains(meaning.role()))
                    .toList();
        }
        String word = plain(column);
        List<Meaning> known = COLUMNS.get(word);
        if (known == null) {
            known = COLUMNS.get(WITHOUT_MEANING.matcher(word).replaceFirst(""));
        }
        if (known == null && column.contains(".")) {
            return meanings(column.substring(column.lastIndexOf('.') + 1));
        }
        return known == null ? List.of() : known;
    }

    /** Whether a column's name indicates percentages. */
    static boolean isPercent(String column) {
        return PERCENT.matcher(column).find();
    }

    /** The canonical state that a state of an export means. */
    static Optional<String> state(String state) {
        return Optional.ofNullable(STATES.get(plain(state)));
    }

    /** Countries of shops, the likeliest of each language and currency first. */
    static List<Country> countries() {
        return COUNTRIES;
    }

    /** Without case, accents, blanks and punctuation. */
    static String plain(String text) {
        String decomposed =
                Normalizer.normalize(
                        text.replace("ß", "ss").replace("ł", "l").replace("Ł", "L"),
                        Normalizer.Form.NFKD);
        return OTHERS.matcher(MARKS.matcher(decomposed).replaceAll("").toLowerCase(Locale.ROOT))
                .replaceAll("");
    }

    private static Map<String, List<Meaning>> readColumns() {
        Map<String, List<Meaning>> columns = new LinkedHashMap<>();
        for (String line : lines("columns.txt")) {
            String[] parts = line.split("[ :]+", 3);
            Role role = Role.valueOf(parts[1].toUpperCase(Locale.ROOT));
            String[] names = parts[2].split(", *");
            for (int rank = 0; rank < names.length; rank++) {
                columns.computeIfAbsent(plain(names[rank]), none -> new ArrayList<>())
                        .add(new Meaning(role, parts[0], rank));
            }
        }
        return columns;
    }

    private static Map<String, String> readStates() {
        Map<String, String> states = new LinkedHashMap<>();
        for (String line : lines("states.txt")) {
            String[] parts = line.split(": *", 2);
            for (String state : parts[1].split(", *")) {
                states.putIfAbsent(plain(state), parts[0]);
            }
        }
        return states;
    }

    private static List<Country> readCountries() {
        return lines("countries.txt").stream()
                .map(line -> line.split(" "))
                .map(parts -> new Country(parts[0], parts[1], parts[2], parts[3]))
                .toList();
    }

    private static List<String> lines(String resource) {
        try (InputStream stream = Words.class.getResourceAsStream(resource);
                BufferedReader reader =
                        new BufferedReader(
                                new InputStreamReader(
                                        Objects.requireNonNull(stream, resource),
                                        StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

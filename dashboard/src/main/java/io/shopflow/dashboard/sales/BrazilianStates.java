package io.shopflow.dashboard.sales;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The states of Brazil as shops write them: {@code SP}, {@code BR-SP}, {@code São Paulo}, {@code
 * SAO PAULO}, {@code Estado de São Paulo}, {@code São Paulo (SP)}.
 */
final class BrazilianStates {
    /** Words that no two states differ by. */
    private static final Set<String> LEFT_OUT =
            Set.of(
                    "state", "estado", "do", "da", "de", "of", "the", "br", "bra", "brazil",
                    "brasil");

    /** In addition to the names in Portuguese. */
    private static final Map<String, String> OTHER_NAMES = Map.of("federal district", "DF");

    private final Map<String, String> byName;
    private final Set<String> codes;

    BrazilianStates(List<MapArea> states) {
        byName = states.stream().collect(toUnmodifiableMap(s -> words(s.name()), MapArea::area));
        codes = Set.copyOf(byName.values());
    }

    /** The code of a state; empty if it is unknown. */
    Optional<String> code(String region) {
        List<String> words = new ArrayList<>(List.of(words(region).split(" ")));
        Optional<String> code = ofLetters(words.getFirst());
        if (code.isPresent()) {
            words.removeFirst();
        } else {
            code = ofLetters(words.getLast());
            if (code.isPresent()) {
                words.removeLast();
            }
        }
        if (words.isEmpty()) {
            return code;
        }
        String name = String.join(" ", words);
        Optional<String> named =
                Optional.ofNullable(byName.get(name))
                        .or(() -> Optional.ofNullable(OTHER_NAMES.get(name)));
        return code.isEmpty() || code.equals(named) ? named : Optional.empty();
    }

    private Optional<String> ofLetters(String word) {
        return Optional.of(word.toUpperCase(Locale.ROOT)).filter(codes::contains);
    }

    /** In lower case without accents and punctuation, and without the words that are left out. */
    private static String words(String text) {
        String plain =
                Normalizer.normalize(text, Normalizer.Form.NFD)
                        .replaceAll("\\p{M}+", "")
                        .toLowerCase(Locale.ROOT);
        return String.join(
                " ",
                Arrays.stream(plain.split("[^a-z]+"))
                        .filter(word -> !word.isEmpty() && !LEFT_OUT.contains(word))
                        .toList());
    }
}

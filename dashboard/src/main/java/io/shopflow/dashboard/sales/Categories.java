package io.shopflow.dashboard.sales;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The categories to choose from.
 *
 * @param bySource those of each source's products
 */
record Categories(Map<String, Set<String>> bySource) {

    /** The category of products without one. */
    private static final String UNKNOWN = "unknown";

    /** Those of all sources, in alphabetical order. */
    List<String> all() {
        return of(bySource.keySet(), null);
    }

    /** Those of these sources and the chosen one, in alphabetical order. */
    List<String> of(Collection<String> sources, @Nullable String chosen) {
        return Stream.concat(
                        Stream.of(UNKNOWN, chosen == null ? UNKNOWN : chosen),
                        sources.stream()
                                .flatMap(
                                        source -> bySource.getOrDefault(source, Set.of()).stream()))
                .distinct()
                .sorted(String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder()))
                .toList();
    }
}

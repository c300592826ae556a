package io.shopflow.dashboard.sales;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableSet;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The postcode areas of the United Kingdom, Man, Jersey and Guernsey that have a place; {@code
 * dashboard/src/main/geography} says where the shapes come from.
 */
@ApplicationScoped
public class PostcodeAreas {
    /** The countries whose postcodes these are. */
    static final Set<String> COUNTRIES = Set.of("GB", "GG", "IM", "JE");

    /** British forces, which have no place. */
    private static final String FORCES = "BF";

    private static final String SHAPES = "geography/uk-postcode-areas.csv";

    private final List<PostcodeArea> areas;

    PostcodeAreas() {
        try (InputStream content =
                Thread.currentThread().getContextClassLoader().getResourceAsStream(SHAPES)) {
            if (content == null) {
                throw new IllegalStateException("No such resource: " + SHAPES);
            }
            areas =
                    new String(content.readAllBytes(), UTF_8)
                            .lines()
                            .skip(1)
                            .map(PostcodeAreas::area)
                            .sorted(
                                    Comparator.comparingInt(PostcodeArea::row)
                                            .thenComparingInt(PostcodeArea::column))
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From north to south, and from west to east. */
    public List<PostcodeArea> all() {
        return areas;
    }

    /**
     * The letters of all areas that exist: those that have a place, and British forces. The
     * warehouse has whatever letters postcodes begin with, since shops do not check them.
     */
    Set<String> letters() {
        return Stream.concat(areas.stream().map(PostcodeArea::area), Stream.of(FORCES))
                .collect(toUnmodifiableSet());
    }

    private static PostcodeArea area(String line) {
        String[] columns = line.split(",", -1);
        return new PostcodeArea(
                columns[0],
                columns[1],
                Integer.parseInt(columns[2]),
                Integer.parseInt(columns[3]),
                columns[4],
                columns[5]);
    }
}

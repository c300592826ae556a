package io.shopflow.dashboard.sales;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The areas of each map that have a place; {@code dashboard/src/main/geography} has the sources of
 * the shapes.
 */
@ApplicationScoped
public class MapAreas {
    /** The countries whose postcodes are on the map of the UK. */
    static final Set<String> UK_COUNTRIES = Set.of("GB", "GG", "IM", "JE");

    /** British forces, which have no place. */
    private static final String FORCES = "BF";

    /** It has no code of ISO 3166; the warehouse has this one. */
    private static final String KOSOVO = "XK";

    private static final int COLUMNS_OF_TILES = 6;

    private final Map<SalesMap, List<MapArea>> areas =
            Arrays.stream(SalesMap.values())
                    .collect(toUnmodifiableMap(Function.identity(), MapAreas::read));

    /** The areas of a map. Those of tiles are from north to south, and from west to east. */
    public List<MapArea> of(SalesMap map) {
        return areas.getOrDefault(map, List.of());
    }

    /**
     * The letters of all postcode areas that exist: those that have a place, and British forces.
     * The warehouse has whatever letters postcodes begin with, since shops do not check them.
     */
    Set<String> letters() {
        return Stream.concat(of(SalesMap.UK).stream().map(MapArea::area), Stream.of(FORCES))
                .collect(toUnmodifiableSet());
    }

    private static List<MapArea> read(SalesMap map) {
        try (InputStream content =
                Thread.currentThread()
                        .getContextClassLoader()
                        .getResourceAsStream(map.drawing().shapes())) {
            if (content == null) {
                throw new IllegalStateException("No such resource: " + map.drawing().shapes());
            }
            return new String(content.readAllBytes(), UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> area(map, line))
                    .sorted(
                            Comparator.comparing(
                                    MapArea::tile,
                                    Comparator.nullsLast(
                                            Comparator.comparingInt(MapArea.Tile::row)
                                                    .thenComparingInt(MapArea.Tile::column))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of an area, also if it has no place; empty if it has none. */
    public String name(SalesMap map, String area) {
        return map == SalesMap.WORLD
                ? countryName(area)
                : of(map).stream()
                        .filter(one -> one.area().equals(area))
                        .map(MapArea::name)
                        .findFirst()
                        .orElse("");
    }

    private static String countryName(String code) {
        return Arrays.asList(Locale.getISOCountries()).contains(code) || code.equals(KOSOVO)
                ? Locale.of("", code).getDisplayCountry(Locale.UK)
                : "";
    }

    private static MapArea area(SalesMap map, String line) {
        String[] columns = line.split(",", -1);
        return new MapArea(
                columns[0],
                map == SalesMap.WORLD ? countryName(columns[0]) : columns[1],
                columns[2],
                columns[3],
                columns.length < COLUMNS_OF_TILES
                        ? null
                        : new MapArea.Tile(
                                Integer.parseInt(columns[4]), Integer.parseInt(columns[5])));
    }
}

package io.shopflow.shop.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The CSV files beside this class: UTF-8, no header, no comma within a cell. */
final class WorldData {
    private static final Map<String, List<String>> WORDS =
            rows("words.csv").stream()
                    .collect(Collectors.toMap(List::getFirst, row -> row.subList(1, row.size())));

    private WorldData() {}

    /** The list of {@code words.csv} with this name, which is the first cell of its line. */
    static List<String> words(String list) {
        return Objects.requireNonNull(WORDS.get(list), list);
    }

    /** The cells of each line of a file. */
    static List<List<String>> rows(String file) {
        try (InputStream in =
                Objects.requireNonNull(WorldData.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> List.of(line.split(",")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.shopflow.shop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A British postcode area: its post town, the region as shoppers type it, and its approximate
 * population in thousands.
 *
 * @param districts the highest district number in use
 */
record Town(String area, String name, String region, int weight, int districts) {
    private static final String INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ";

    /** All areas of the United Kingdom. */
    static List<Town> all() {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(
                                        Town.class.getResourceAsStream("uk-postcode-areas.csv")),
                                StandardCharsets.UTF_8))) {
            return lines.lines().map(Town::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Town parse(String line) {
        String[] cells = line.split(",");
        return new Town(
                cells[0],
                cells[1],
                cells[2],
                Integer.parseInt(cells[3]),
                Integer.parseInt(cells[4]));
    }

    /** A well-formed postcode in this area, e.g. {@code LS6 2QT}. */
    String postcode(Dice dice) {
        // The City and the West End subdivide their few districts by a letter.
        String letter = area.equals("EC") || area.equals("WC") ? "A" : "";
        return area
                + dice.between(1, districts)
                + letter
                + " "
                + dice.below(10)
                + INWARD_LETTERS.charAt(dice.below(INWARD_LETTERS.length()))
                + INWARD_LETTERS.charAt(dice.below(INWARD_LETTERS.length()));
    }
}

package io.shopflow.shop.world;

import java.util.List;

/**
 * A British postcode area: its post town, the region as shoppers type it, and its approximate
 * population in thousands.
 *
 * @param districts the highest district number in use
 */
record Town(String area, String name, String region, int population, int districts) {
    private static final String INWARD_LETTERS = "ABDEFGHJLNPQRSTUWXYZ";

    /** All areas of the United Kingdom. */
    static List<Town> all() {
        return WorldData.rows("uk-postcode-areas.csv").stream()
                .map(
                        cells ->
                                new Town(
                                        cells.get(0),
                                        cells.get(1),
                                        cells.get(2),
                                        Integer.parseInt(cells.get(3)),
                                        Integer.parseInt(cells.get(4))))
                .toList();
    }

    /** A well-formed postcode in this area, e.g. {@code LS6 2QT}. */
    String postcode(SeededRandom random) {
        // The City and the West End subdivide their few districts by a letter.
        String letter = area.equals("EC") || area.equals("WC") ? "A" : "";
        return area
                + random.between(1, districts)
                + letter
                + " "
                + random.below(10)
                + INWARD_LETTERS.charAt(random.below(INWARD_LETTERS.length()))
                + INWARD_LETTERS.charAt(random.below(INWARD_LETTERS.length()));
    }
}

package io.shopflow.dashboard.sales;

/**
 * A postcode area and its position.
 *
 * @param area its letters: LS
 * @param name its town or region: Leeds
 * @param column of its tile, from 0 in the west
 * @param row of its tile, from 0 in the north
 * @param path its outline on the map, as SVG writes it
 * @param londonPath its outline on the larger map of London; empty if it is not on it
 */
public record PostcodeArea(
        String area, String name, int column, int row, String path, String londonPath) {
    private static final int TILE = 40;

    /** The left edge of the tile. */
    public int x() {
        return column * TILE;
    }

    /** The upper edge of the tile. */
    public int y() {
        return row * TILE;
    }

    /** The middle of the tile. */
    public int middle() {
        return x() + TILE / 2;
    }

    /** The line that the tile's text stands on. */
    public int baseline() {
        return y() + TILE / 2 + 5;
    }

    /** Whether the map of London shows it. */
    public boolean isInLondon() {
        return !londonPath.isEmpty();
    }
}

package io.shopflow.dashboard.sales;

import org.jspecify.annotations.Nullable;

/**
 * An area of a map, and how it is drawn.
 *
 * @param area its code: LS
 * @param name its name: Leeds
 * @param path its outline on the map, as SVG writes it
 * @param insetPath its outline on the larger map of a part; empty if it is not on it
 * @param tile its place among tiles; null on a map that is not drawn as tiles
 */
public record MapArea(
        String area, String name, String path, String insetPath, @Nullable Tile tile) {

    /** Whether the larger map of a part shows it. */
    public boolean isInInset() {
        return !insetPath.isEmpty();
    }

    /**
     * The place of a square.
     *
     * @param column from 0 in the west
     * @param row from 0 in the north
     */
    public record Tile(int column, int row) {
        private static final int SIZE = 40;

        /** The left edge. */
        public int x() {
            return column * SIZE;
        }

        /** The upper edge. */
        public int y() {
            return row * SIZE;
        }

        /** The middle. */
        public int middle() {
            return x() + SIZE / 2;
        }

        /** The line that its text stands on. */
        public int baseline() {
            return y() + SIZE / 2 + 5;
        }
    }
}

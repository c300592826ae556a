package io.shopflow.dashboard.geography;

import java.util.Arrays;
import java.util.Optional;

/** How postcode areas are drawn. */
public enum AreaDrawing {
    /** One square of the same size for each, so that London is as visible as the Highlands. */
    TILES("tiles", "Tiles"),
    /** Their outlines. */
    MAP("map", "Map");

    private final String key;
    private final String label;

    AreaDrawing(String key, String label) {
        this.key = key;
        this.label = label;
    }

    /** Its name in the URL. */
    public String key() {
        return key;
    }

    /** Its name on the page. */
    public String label() {
        return label;
    }

    static Optional<AreaDrawing> named(String key) {
        return Arrays.stream(values()).filter(drawing -> drawing.key.equals(key)).findFirst();
    }
}

package io.shopflow.dashboard.sales;

import java.util.Arrays;
import java.util.Optional;

/** A map of where orders are sent to. */
public enum SalesMap {
    /** The United Kingdom, Man, Jersey and Guernsey by postcode area. */
    UK("uk", "UK", "UK postcode area", "postcode area", "area", "All UK orders"),
    /** Brazil by state. */
    BRAZIL("brazil", "Brazil", "Brazilian state", "state", "state", "All orders to Brazil"),
    /** All orders by country. */
    WORLD("world", "World", "country", "country", "country", "All countries");

    private final String key;
    private final String label;
    private final String title;
    private final String area;
    private final String noun;
    private final String whole;

    /**
     * How a map is drawn.
     *
     * @param shapes the resource that has the outlines
     * @param viewBox the size of the map, in the units of the outlines
     * @param insetViewBox the size of the larger map of a part; empty if there is none
     */
    public record Drawing(String shapes, String viewBox, String insetViewBox) {
        /** Whether a part is drawn once more, larger. */
        public boolean hasInset() {
            return !insetViewBox.isEmpty();
        }
    }

    SalesMap(String key, String label, String title, String area, String noun, String whole) {
        this.key = key;
        this.label = label;
        this.title = title;
        this.area = area;
        this.noun = noun;
        this.whole = whole;
    }

    /** Its name in the URL. */
    public String key() {
        return key;
    }

    /** Its name on the page. */
    public String label() {
        return label;
    }

    /** What figures on it are by: net sales by Brazilian state. */
    public String title() {
        return title;
    }

    /** What its areas are called, in the singular. */
    public String area() {
        return area;
    }

    /** The same as short as beside a number. */
    public String noun() {
        return noun;
    }

    /** What all its orders are called. */
    public String whole() {
        return whole;
    }

    /** How it is drawn. */
    public Drawing drawing() {
        return switch (this) {
            case UK -> new Drawing("geography/uk-postcode-areas.csv", "0 0 466 940", "0 0 418 400");
            case BRAZIL -> new Drawing("geography/brazil-states.csv", "0 0 535 550", "");
            case WORLD ->
                    new Drawing("geography/world-countries.csv", "0 0 1019 474", "0 0 644 469");
        };
    }

    /** Whether it can be drawn as tiles too. */
    public boolean hasTiles() {
        return this == UK;
    }

    /** The map of this name in the URL. */
    public static Optional<SalesMap> named(String key) {
        return Arrays.stream(values()).filter(map -> map.key.equals(key)).findFirst();
    }
}

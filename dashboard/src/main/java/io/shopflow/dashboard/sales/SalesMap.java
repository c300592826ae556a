package io.shopflow.dashboard.sales;

import java.util.Arrays;
import java.util.Optional;

/** A map of where orders are sent to. */
public enum SalesMap {
    /** The United Kingdom, Man, Jersey and Guernsey by postcode area. */
    UK("uk", "UK", "area", "geography/uk-postcode-areas.csv");

    private final String key;
    private final String label;
    private final String noun;
    private final String shapes;

    SalesMap(String key, String label, String noun, String shapes) {
        this.key = key;
        this.label = label;
        this.noun = noun;
        this.shapes = shapes;
    }

    /** Its name in the URL. */
    public String key() {
        return key;
    }

    /** Its name on the page. */
    public String label() {
        return label;
    }

    /** What its areas are called, in the singular. */
    public String noun() {
        return noun;
    }

    /** The resource that has its shapes. */
    String shapes() {
        return shapes;
    }

    /** The one of this name in the URL. */
    public static Optional<SalesMap> named(String key) {
        return Arrays.stream(values()).filter(map -> map.key.equals(key)).findFirst();
    }
}

package io.shopflow.dashboard.geography;

import io.shopflow.dashboard.sales.AreaSales;
import io.shopflow.dashboard.sales.Change;
import io.shopflow.dashboard.sales.Money;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A figure by which the areas of a map are compared. */
public enum AreaMetric {
    /** Net sales. */
    NET("net", "Net sales"),
    /** The number of orders. */
    ORDERS("orders", "Orders"),
    /** The number of distinct customers. */
    CUSTOMERS("customers", "Customers"),
    /** Net sales per order. */
    AVERAGE("aov", "Average order value"),
    /** The change of net sales from the previous period. */
    GROWTH("growth", "Growth");

    private final String key;
    private final String label;

    AreaMetric(String key, String label) {
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

    static Optional<AreaMetric> named(String key) {
        return Arrays.stream(values()).filter(metric -> metric.key.equals(key)).findFirst();
    }

    /** Null if the area has no such figure. */
    @Nullable BigDecimal figure(AreaSales sales) {
        return switch (this) {
            case NET -> sales.net().amount();
            case ORDERS -> BigDecimal.valueOf(sales.orders());
            case CUSTOMERS -> BigDecimal.valueOf(sales.customers());
            case AVERAGE -> {
                Money average = sales.perOrder().value();
                yield average == null ? null : average.amount();
            }
            case GROWTH -> {
                Change growth = sales.growth();
                yield growth == null ? null : growth.percent();
            }
        };
    }
}

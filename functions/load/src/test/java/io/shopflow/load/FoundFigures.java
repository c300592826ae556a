package io.shopflow.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of the views by source, in the form of {@link ExpectedFigures}. */
final class FoundFigures {

    private static final Map<String, String> VIEWS = new LinkedHashMap<>();

    static {
        VIEWS.put(
                "sales_orders",
                "order_id, customer_id, business_date, country, region, gross_minor, discount_minor, refunded_minor, net_minor, item_count, fees_minor, shipping_minor, tax_minor, refunded_other_minor, kept_minor, currency, is_order");
        VIEWS.put(
                "sales_items",
                "order_id, order_item_id, product_id, category, trim_scale(units), trim_scale(units_returned), gross_minor, discount_minor, refunded_minor, net_minor, cost_minor, profit_minor, currency");
        VIEWS.put("unallocated_sales", "order_id, net_minor");
        VIEWS.put(
                "sales_monthly",
                "month, orders, gross_minor, discount_minor, refunded_minor, net_minor");
        VIEWS.put(
                "sales_monthly_by_refund_date",
                "month, gross_minor, discount_minor, refunded_minor, net_minor");
        VIEWS.put("region_sales", "country, region, orders, customers, net_minor");
        VIEWS.put("postcode_area_sales", "country, postcode_area, orders, customers, net_minor");
        VIEWS.put("customer_value", "customer_id, orders, spent_minor");
        VIEWS.put(
                "product_sales",
                "product_id, trim_scale(units), trim_scale(units_returned), orders, net_minor, profit_minor, unsigned_net_minor, covered_net_minor");
        VIEWS.put(
                "category_sales",
                "category, trim_scale(units), trim_scale(units_returned), net_minor");
        VIEWS.put("live_payments", "order_id, payment_id");
    }

    private FoundFigures() {}

    /** Of each of these sources, the rows of each view, once its marts are up to date. */
    static Map<String, Map<String, List<String>>> of(Connection connection, List<String> sources)
            throws SQLException {
        MartContents.refresh(connection, sources);
        return of(connection, sources, VIEWS);
    }

    /**
     * Likewise, as the marts are.
     *
     * @param views the columns of each, but for its source
     */
    static Map<String, Map<String, List<String>>> of(
            Connection connection, List<String> sources, Map<String, String> views)
            throws SQLException {
        Map<String, Map<String, List<String>>> found = new HashMap<>();
        for (Map.Entry<String, String> view : views.entrySet()) {
            try (PreparedStatement statement =
                    connection.prepareStatement(
                            "select source, %s from analytics.%s where source = any (?)"
                                    .formatted(view.getValue(), view.getKey()))) {
                statement.setArray(1, connection.createArrayOf("text", sources.toArray()));
                try (ResultSet rows = statement.executeQuery()) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        List<String> texts = new ArrayList<>();
                        for (int column = 2; column <= columns; column++) {
                            String value = rows.getString(column);
                            texts.add(value == null ? "-" : value);
                        }
                        found.computeIfAbsent(rows.getString(1), none -> new HashMap<>())
                                .computeIfAbsent(view.getKey(), none -> new ArrayList<>())
                                .add(String.join("|", texts));
                    }
                }
            }
        }
        return found;
    }
}

package io.shopflow.laptop.trial;

import io.shopflow.laptop.runs.TextTable;
import io.shopflow.laptop.servers.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The figures of a source in a trial's warehouse. */
final class TrialFigures implements AutoCloseable {

    private static final String BY_ORDER_DATE =
            """
            select month, currency, orders, gross_minor, discount_minor, refunded_minor, net_minor, shipping_minor, tax_minor,
                fees_minor
            from analytics.sales_monthly
            where source = ?
            order by currency, month
            """;

    private static final String BY_REFUND_DATE =
            """
            select month, currency, refunded_minor, net_minor
            from analytics.sales_monthly_by_refund_date
            where source = ?
            order by currency, month
            """;

    private static final String WITHOUT_LINES =
            """
            select count(*), min(order_id)
            from marts.sales_orders
            where source = ? and item_count = 0 and is_order
            """;

    private final Connection connection;
    private final String source;

    private TrialFigures(Connection connection, String source) {
        this.connection = connection;
        this.source = source;
    }

    static TrialFigures connect(int port, String source) throws SQLException {
        return new TrialFigures(
                DriverManager.getConnection(
                        LocalPostgres.jdbcUrl(port), LocalPostgres.USER, LocalPostgres.PASSWORD),
                source);
    }

    /**
     * Orders that count as a sale and have no line.
     *
     * @param example one of them; empty if there is none
     */
    record OrdersWithoutLines(long orders, String example) {}

    OrdersWithoutLines ordersWithoutLines() throws SQLException {
        try (PreparedStatement statement = prepare(WITHOUT_LINES);
                ResultSet row = statement.executeQuery()) {
            row.next();
            String example = row.getString(2);
            return new OrdersWithoutLines(row.getLong(1), example == null ? "" : example);
        }
    }

    /** Sales by month and currency, refunds by the date of the order. */
    List<String> byOrderDate() throws SQLException {
        return table(BY_ORDER_DATE);
    }

    /** Refunds and net sales by month and currency, each refund in its own month. */
    List<String> byRefundDate() throws SQLException {
        return table(BY_REFUND_DATE);
    }

    private List<String> table(String sql) throws SQLException {
        try (PreparedStatement statement = prepare(sql);
                ResultSet rows = statement.executeQuery()) {
            List<String> header = new ArrayList<>();
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                header.add(rows.getMetaData().getColumnLabel(column).replace("_minor", ""));
            }
            TextTable table = new TextTable(header, Set.copyOf(header.subList(2, header.size())));
            boolean any = false;
            while (rows.next()) {
                any = true;
                List<String> cells = new ArrayList<>();
                String currency = rows.getString("currency");
                for (int column = 1; column <= header.size(); column++) {
                    String value = rows.getString(column);
                    String label = rows.getMetaData().getColumnLabel(column);
                    cells.add(
                            label.equals("month")
                                    ? value.substring(0, 7)
                                    : label.endsWith("_minor")
                                            ? Amounts.formatted(value, currency)
                                            : value);
                }
                table.add(cells.toArray(String[]::new));
            }
            return any ? table.lines("  ") : List.of();
        }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, source);
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

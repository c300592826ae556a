package io.shopflow.laptop.inference;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The totals of orders, which show what a discount of the order contains. */
final class OrderTotals {

    private static final BigDecimal CENT = new BigDecimal("0.01");

    private final Table table;
    private final Tables tables;

    OrderTotals(Table table, Tables tables) {
        this.table = table;
        this.tables = tables;
    }

    /** Whether the discounts in this column come beside those of the lines, not in their sum. */
    boolean areBeside(String discount) {
        if (!table.has(Role.LINE_DISCOUNT)
                || !table.has(Role.TOTAL)
                || !table.has(Role.UNIT_PRICE)
                || !table.has(Role.QUANTITY)) {
            return false;
        }
        long beside = 0;
        long within = 0;
        for (List<Map<String, String>> rows : table.orders()) {
            BigDecimal ofOrder = tables.number(rows.getFirst(), discount).abs();
            BigDecimal ofLines = sum(rows, row -> value(row, Role.LINE_DISCOUNT).abs());
            if (ofOrder.signum() != 0 && ofLines.signum() != 0) {
                beside += isTotal(rows, ofOrder.add(ofLines)) ? 1 : 0;
                within += isTotal(rows, ofOrder.max(ofLines)) ? 1 : 0;
            }
        }
        return beside > within;
    }

    /** Whether an order has the total that its parts and these discounts make. */
    private boolean isTotal(List<Map<String, String>> rows, BigDecimal discounts) {
        Map<String, String> first = rows.getFirst();
        BigDecimal total =
                sum(rows, row -> value(row, Role.QUANTITY).multiply(value(row, Role.UNIT_PRICE)))
                        .subtract(discounts)
                        .add(value(first, Role.SHIPPING))
                        .add(value(first, Role.TAX));
        // Each line may have been rounded, and the order as well.
        BigDecimal rounding = CENT.multiply(new BigDecimal(rows.size() + 1));
        return total.subtract(value(first, Role.TOTAL)).abs().compareTo(rounding) <= 0;
    }

    private interface Amount {
        BigDecimal of(Map<String, String> row);
    }

    private static BigDecimal sum(List<Map<String, String>> rows, Amount amount) {
        return rows.stream().map(amount::of).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal value(Map<String, String> row, Role role) {
        return table.find(role).map(column -> tables.number(row, column)).orElse(BigDecimal.ZERO);
    }
}

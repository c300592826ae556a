package io.shopflow.dashboard.lineage;

import io.shopflow.dashboard.sales.Money;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that net sales of a filter are the sum of, and the files that they were read from. Rows
 * are orders, and standalone refunds, or the lines of the chosen category.
 *
 * @param stream of the rows: orders or order_items
 * @param all the sum of all files
 * @param files of the newest runs
 * @param moreFiles number of the others
 * @param more their sums
 * @param rows of the page, the newest first
 */
public record Lineage(
        String stream,
        Sums all,
        List<File> files,
        long moreFiles,
        Sums more,
        List<Row> rows,
        long page,
        long pages) {

    /** Sums of rows. */
    public record Sums(long rows, Amounts amounts) {
        Sums plus(Sums other) {
            return new Sums(rows + other.rows, amounts.plus(other.amounts));
        }
    }

    /** Gross sales − discounts − refunds = net sales. */
    public record Amounts(Money gross, Money discount, Money refunded, Money net) {
        static Amounts nothing(Money zero) {
            return new Amounts(zero, zero, zero, zero);
        }

        Amounts plus(Amounts other) {
            return new Amounts(
                    gross.plus(other.gross),
                    discount.plus(other.discount),
                    refunded.plus(other.refunded),
                    net.plus(other.net));
        }
    }

    /**
     * A file of the data lake with the newest versions of some of the rows.
     *
     * @param status of its run; null if the run's record was removed
     * @param key of the raw part; null if the run's manifest is not in
     */
    public record File(
            String source,
            String runId,
            @Nullable String status,
            long part,
            @Nullable String key,
            Sums sums) {}

    /**
     * A row.
     *
     * @param id of the order or the line
     * @param orderId of a line's order; null for an order
     * @param sourceRow number of the row in the raw part, from 1
     */
    public record Row(
            String source,
            String id,
            @Nullable String orderId,
            LocalDate day,
            Amounts amounts,
            String runId,
            long part,
            long sourceRow) {}

    /** Whether the rows are lines of a category. */
    public boolean ofLines() {
        return stream.equals("order_items");
    }
}

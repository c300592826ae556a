package io.shopflow.load.warehouse;

import java.math.BigDecimal;

/**
 * How many of a stream's rows may be rejected before its run is incomplete. Duplicates do not
 * count. A run that reads what changed only may read one row, and reject it: there a few rejected
 * rows are no share.
 *
 * @param percent so many of a hundred rows may be
 */
public record RejectedShare(double percent) {

    /** So many rejected rows are a share of whatever was read. */
    static final int ENOUGH_ROWS = 10;

    private static final int ALL = 100;

    boolean isExceeded(long rejected, long read, boolean whole) {
        return rejected > 0
                && (whole || rejected >= ENOUGH_ROWS)
                && rejected * ALL > read * percent;
    }

    /** As a person writes it: 20, 2.5. */
    String shown() {
        return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
    }

    static long percentOf(long rejected, long read) {
        return read == 0 ? 0 : rejected * ALL / read;
    }
}

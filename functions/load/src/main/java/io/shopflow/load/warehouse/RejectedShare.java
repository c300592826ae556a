package io.shopflow.load.warehouse;

import java.math.BigDecimal;

/**
 * The largest share of a stream's rows that may be rejected in a complete run. Duplicates do not
 * count. An incremental run may read a single row and reject it, so a few rejected rows of such a
 * run are not compared with the share.
 *
 * @param percent of the rows
 */
public record RejectedShare(double percent) {

    /** From this number of rejected rows on, an incremental run is compared as well. */
    static final int MIN_REJECTED = 10;

    /** Whether a run, full or incremental, has rejected too many of the rows that it read. */
    boolean isExceeded(long rejected, long read, boolean full) {
        return rejected > 0
                && (full || rejected >= MIN_REJECTED)
                && rejected * 100 > read * percent;
    }

    /** The percentage as text: {@code 20}, {@code 2.5}. */
    String formatted() {
        return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
    }

    static long percentOf(long rejected, long read) {
        return read == 0 ? 0 : rejected * 100 / read;
    }
}

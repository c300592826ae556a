package io.shopflow.ledger;

/**
 * The counts of extracted rows by result.
 *
 * @param extracted rows read from the source
 * @param inserted new rows, and completed inferred members
 * @param updated rows that changed existing ones
 * @param unchanged rows that changed nothing: equal or older versions
 * @param duplicate rows left out because the part has a newer version of the same key
 * @param quarantined rows rejected, each with its reason
 */
public record RowCounts(
        long extracted,
        long inserted,
        long updated,
        long unchanged,
        long duplicate,
        long quarantined) {

    /** No rows. */
    public static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0, 0);

    /**
     * Whether every extracted row is accounted for: {@code extracted = inserted + updated +
     * unchanged + duplicate + quarantined}.
     */
    public boolean balances() {
        return extracted == inserted + updated + unchanged + duplicate + quarantined;
    }

    /** Inserted and updated rows. */
    public long changed() {
        return inserted + updated;
    }

    /** Rows that reached the warehouse's tables. */
    public long loaded() {
        return inserted + updated + unchanged;
    }

    /** The percentage of extracted rows that are quarantined; 0 if none were extracted. */
    public double quarantinedPercent() {
        return extracted == 0 ? 0 : 100.0 * quarantined / extracted;
    }

    /** The sum of both. */
    public RowCounts plus(RowCounts other) {
        return new RowCounts(
                extracted + other.extracted,
                inserted + other.inserted,
                updated + other.updated,
                unchanged + other.unchanged,
                duplicate + other.duplicate,
                quarantined + other.quarantined);
    }
}

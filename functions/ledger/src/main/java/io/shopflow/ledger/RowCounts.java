package io.shopflow.ledger;

/**
 * What became of extracted rows.
 *
 * @param extracted rows read from the source
 * @param inserted rows that were new; completed inferred members are
 * @param updated rows that changed what was there
 * @param unchanged rows that said nothing new, older versions among them
 * @param duplicate rows left out for a newer version of the same key in the same part
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

    /** Rows that the warehouse did not have like this. */
    public long changed() {
        return inserted + updated;
    }

    /** Rows that reached the warehouse's tables. */
    public long loaded() {
        return inserted + updated + unchanged;
    }

    /** Quarantined rows of a hundred extracted ones; 0 where there are none. */
    public double quarantinedPercent() {
        return extracted == 0 ? 0 : 100.0 * quarantined / extracted;
    }

    /** Both together. */
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

package io.shopflow.backfill.ledger;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What became of rows: extracted is the sum of the others where all of them are loaded. */
@RegisterForReflection
public record Rows(
        long extracted,
        long inserted,
        long updated,
        long unchanged,
        long duplicate,
        long quarantined) {

    /** No rows. */
    public static final Rows NONE = new Rows(0, 0, 0, 0, 0, 0);

    /** Both together. */
    public Rows plus(Rows other) {
        return new Rows(
                extracted + other.extracted,
                inserted + other.inserted,
                updated + other.updated,
                unchanged + other.unchanged,
                duplicate + other.duplicate,
                quarantined + other.quarantined);
    }

    /** Quarantined rows of a hundred extracted ones; 0 where there are none. */
    public double quarantinedPercent() {
        return extracted == 0 ? 0 : 100.0 * quarantined / extracted;
    }
}

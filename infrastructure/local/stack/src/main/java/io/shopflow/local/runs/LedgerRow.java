package io.shopflow.local.runs;

import org.jspecify.annotations.Nullable;

/**
 * What became of the rows of a run's stream.
 *
 * @param counted what the source said; null where it could not be asked
 * @param missingParts parts that the manifest names and that are not loaded
 */
public record LedgerRow(
        String stream,
        @Nullable Long counted,
        long extracted,
        long inserted,
        long updated,
        long unchanged,
        long duplicate,
        long quarantined,
        long missingParts,
        boolean balanced) {

    /** The same stream of two runs together. */
    LedgerRow plus(LedgerRow other) {
        return new LedgerRow(
                stream,
                counted == null || other.counted == null ? null : counted + other.counted,
                extracted + other.extracted,
                inserted + other.inserted,
                updated + other.updated,
                unchanged + other.unchanged,
                duplicate + other.duplicate,
                quarantined + other.quarantined,
                missingParts + other.missingParts,
                balanced && other.balanced);
    }
}

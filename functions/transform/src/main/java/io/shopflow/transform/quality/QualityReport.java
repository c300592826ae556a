package io.shopflow.transform.quality;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.run.RunId;
import java.util.List;

/**
 * The quality measured on a part, kept under {@link io.shopflow.core.run.PartId#reportKey()}. Holds
 * counts only, nothing of the rows, and no time: the same part gives the same report.
 *
 * @param stream canonical name of the stream
 * @param part the part's number
 * @param pseudonymKeyId the key that made the part's tokens
 * @param rows {@code extracted = clean + duplicate + quarantined}
 * @param fields every field of the stream, in its order
 * @param rejected quarantined rows by rule and field, in this order
 * @param warnings values that were odd but rejected no row, by name and field, in this order
 */
@RegisterForReflection
public record QualityReport(
        String source,
        RunId runId,
        String stream,
        int part,
        String pseudonymKeyId,
        CleanCounts rows,
        List<FieldQuality> fields,
        List<RejectedRows> rejected,
        List<WarnedRows> warnings) {

    /** Defensive copies. */
    public QualityReport {
        fields = List.copyOf(fields);
        rejected = List.copyOf(rejected);
        warnings = List.copyOf(warnings);
    }

    /**
     * One field.
     *
     * @param nulls rows without a value, of all rows whose columns could be told apart
     */
    @RegisterForReflection
    public record FieldQuality(String field, boolean required, long nulls) {}

    /**
     * Rows that a rule rejected.
     *
     * @param field empty where it concerns the whole row
     */
    @RegisterForReflection
    public record RejectedRows(String rule, String field, long rows) {}

    /** Rows that were not rejected, although something was odd. */
    @RegisterForReflection
    public record WarnedRows(String warning, String field, long rows) {}
}

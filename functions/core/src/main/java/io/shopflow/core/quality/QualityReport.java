package io.shopflow.core.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.run.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The quality measured on a part, kept under {@link io.shopflow.core.run.PartId#reportKey()}.
 * Contains counts, and for each rule one value that is known not to be personal data, but no time:
 * the same part gives the same report.
 *
 * @param stream canonical name of the stream
 * @param part the part's number
 * @param pseudonymKeyId the key that made the part's tokens
 * @param rows {@code extracted = clean + duplicate + quarantined}
 * @param fields every field of the stream, in its order
 * @param rejected quarantined rows by rule and field, in this order
 * @param warnings rows with an odd value that were not rejected, by rule and field, in this order
 */
public record QualityReport(
        String source,
        RunId runId,
        String stream,
        int part,
        String pseudonymKeyId,
        CleanCounts rows,
        List<FieldQuality> fields,
        List<RuleCount> rejected,
        List<RuleCount> warnings) {

    public QualityReport {
        fields = List.copyOf(fields);
        rejected = List.copyOf(rejected);
        warnings = List.copyOf(warnings);
    }

    /**
     * One field.
     *
     * @param nulls rows without a value, of all rows whose columns could be identified
     */
    public record FieldQuality(String field, boolean required, long nulls) {}

    /**
     * The number of rows that one rule rejected, or warned of, in one field.
     *
     * @param field empty if the rule concerns the whole row
     * @param example a value that the rule concerns, at most 100 characters; null if none may be
     *     shown
     * @param position of the example's row in its source; null if unknown
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RuleCount(
            String rule,
            String field,
            long rows,
            @Nullable String example,
            @Nullable String position) {}
}

package io.shopflow.core.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.shopflow.core.source.SourceFormat;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a run set out to do, written once before its first part and never changed, so that
 * transforming a part again reads it in the same way. Key: {@link RunKeys#plan}.
 *
 * @param extractedAt the run's instant of extraction: the version of rows whose source tells none
 * @param full whether the run reads everything, as opposed to what changed since the watermark
 * @param format how the source writes its values
 * @param until where only a window of days is read: the day after its last one, in the shop's zone
 * @param configuration the hash of what the source's configuration says about its rows; null where
 *     the run was planned before there was one
 */
public record RunPlan(
        String source,
        RunId runId,
        Instant extractedAt,
        boolean full,
        SourceFormat format,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LocalDate until,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String configuration) {

    /** Of a run that reads up to its own time. */
    public RunPlan(
            String source, RunId runId, Instant extractedAt, boolean full, SourceFormat format) {
        this(source, runId, extractedAt, full, format, null, null);
    }
}

package io.shopflow.core.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.shopflow.core.source.SourceFormat;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a run, written once before its first part and never changed, so that transforming a
 * part again reads it in the same way. Key: {@link RunKeys#plan}.
 *
 * @param extractedAt the run's instant of extraction: the version of rows whose source has none
 * @param full whether the run reads everything, not only changes since the watermark
 * @param format how the source writes its values
 * @param until if only a window of days is read: the day after its last one, in the shop's zone
 * @param configuration the hash of everything in the source's configuration that affects its rows;
 *     null for runs of earlier versions
 */
public record RunPlan(
        String source,
        RunId runId,
        Instant extractedAt,
        boolean full,
        SourceFormat format,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LocalDate until,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String configuration) {}

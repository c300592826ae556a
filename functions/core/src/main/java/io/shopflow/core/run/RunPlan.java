package io.shopflow.core.run;

import io.shopflow.core.source.SourceFormat;
import java.time.Instant;

/**
 * What a run set out to do, written once before its first part and never changed, so that
 * transforming a part again reads it in the same way. Key: {@link RunKeys#plan}.
 *
 * @param extractedAt the run's instant of extraction: the version of rows whose source tells none
 * @param full whether the run reads everything, as opposed to what changed since the watermark
 * @param format how the source writes its values
 */
public record RunPlan(
        String source, RunId runId, Instant extractedAt, boolean full, SourceFormat format) {}

package io.shopflow.core.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.shopflow.core.source.SourceFormat;
import io.shopflow.core.stream.StreamName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
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
 * @param snapshots the streams that are read again from the start: their rows replace those of
 *     earlier runs, even those with a newer {@code updated_at}
 */
public record RunPlan(
        String source,
        RunId runId,
        Instant extractedAt,
        boolean full,
        SourceFormat format,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LocalDate until,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String configuration,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<String> snapshots) {

    /** Plans of earlier versions have no snapshots. */
    public RunPlan {
        snapshots = snapshots == null ? Set.of() : Set.copyOf(snapshots);
    }

    /** Whether the run reads a snapshot of the stream. */
    public boolean readsSnapshot(StreamName stream) {
        return snapshots.contains(stream.canonicalName());
    }
}

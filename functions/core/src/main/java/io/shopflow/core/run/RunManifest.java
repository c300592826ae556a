package io.shopflow.core.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run and its commit point, written after all parts. Key: {@link RunKeys#manifest}.
 *
 * @param streams one entry for each stream of the run, even if nothing was read
 * @param problems of the extraction; not empty means the run ends incomplete
 * @param until if only a window of days was read: the day after its last one, in the shop's zone.
 *     Such a run does not show how fresh the source's rows are
 * @param notes information for the user, not problems
 */
public record RunManifest(
        String source,
        RunId runId,
        Instant startedAt,
        Instant finishedAt,
        boolean full,
        List<StreamExtract> streams,
        List<Problem> problems,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LocalDate until,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RunNote> notes) {

    /** Manifests of earlier versions have no notes. */
    public RunManifest {
        notes = List.copyOf(Objects.requireNonNullElse(notes, List.of()));
        streams = List.copyOf(streams);
        problems = List.copyOf(problems);
    }
}

package io.shopflow.core.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A message of the extract-requests queue: run this source now.
 *
 * @param runId null: derived from the message, see {@link RunId#ofMessage}
 * @param path overrides the folder of a file source
 * @param since reads changes from this day on, in the shop's zone, instead of from the watermark
 * @param full reads everything
 * @param until with {@code since}: reads changes before this day, in the shop's zone. Such a run
 *     covers only its window: it moves no watermark and may run concurrently with others of its
 *     source
 * @param wholeLists whether a run with {@code until} also reads the lists that cannot be read in
 *     windows (a shop's customers and reviews); other runs always do
 * @param attempt how many runs before this one ended because the source was unavailable, 0 at first
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExtractRequest(
        String source,
        @Nullable RunId runId,
        @Nullable String path,
        @Nullable LocalDate since,
        boolean full,
        @Nullable LocalDate until,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean wholeLists,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int attempt) {

    /** A first request without an end. */
    public ExtractRequest(
            String source,
            @Nullable RunId runId,
            @Nullable String path,
            @Nullable LocalDate since,
            boolean full) {
        this(source, runId, path, since, full, null, false, 0);
    }

    /** A first request for changes in a window of days, excluding the last. */
    public static ExtractRequest ofWindow(
            String source, RunId runId, LocalDate since, LocalDate until, boolean wholeLists) {
        return new ExtractRequest(source, runId, null, since, false, until, wholeLists, 0);
    }

    /** Whether the run reads only a window. */
    public boolean windowed() {
        return until != null;
    }

    /** The same request for this run. */
    public ExtractRequest ofRun(RunId run) {
        return new ExtractRequest(source, run, path, since, full, until, wholeLists, attempt);
    }

    /** The same request for another run, as the next attempt. */
    public ExtractRequest again(RunId run) {
        return new ExtractRequest(source, run, path, since, full, until, wholeLists, attempt + 1);
    }
}

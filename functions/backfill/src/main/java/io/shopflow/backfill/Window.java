package io.shopflow.backfill;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.shopflow.core.run.RunId;

/**
 * One window of a backfill, and the run that reads it.
 *
 * @param from first day, ISO 8601, in the shop's zone
 * @param until the day after the last one
 * @param runId of the window's first run
 * @param wholeLists whether this run also reads the lists that cannot be read in windows; true only
 *     for the last window
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record Window(String source, String from, String until, RunId runId, boolean wholeLists) {

    /**
     * The id of the run to request if this one ended incomplete. It is derived from this id, so
     * that a retry can be found without storing it.
     */
    public static RunId again(RunId run) {
        return RunId.ofMessage(run.value() + "/again", run.requestedAt());
    }
}

package io.shopflow.backfill.plan;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.shopflow.core.run.RunId;

/**
 * One window of a backfill, and the run that reads it.
 *
 * @param from first day, ISO 8601, in the shop's zone
 * @param until the day after the last one
 * @param runId of the window's first run
 * @param wholeLists whether this run also reads the lists that no window can be cut out of: true
 *     for the last window only
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record Window(String source, String from, String until, RunId runId, boolean wholeLists) {

    /**
     * The id of the run that is asked for where this one ended incomplete: always the same, so that
     * whoever follows a window, or looks at it later, finds the run.
     */
    public static RunId again(RunId run) {
        return RunId.ofMessage(run.value() + "/again", run.requestedAt());
    }
}

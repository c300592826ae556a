package io.shopflow.extract.run;

import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunManifest;
import java.time.Instant;

/** The result of one invocation of a run. */
public sealed interface RunResult {

    /** The run ended; its manifest has the outcome. */
    record Finished(RunManifest manifest) implements RunResult {}

    /** The invocation's time is short: the run must be called again. */
    record ToBeContinued(RunId runId) implements RunResult {}

    /**
     * Another run, or another invocation of this one, holds the source, at least until the given
     * instant if it is paused or dead.
     */
    record Busy(RunId runId, RunId holder, Instant until) implements RunResult {}

    /** The run had ended before: the request was delivered twice. */
    record AlreadyFinished(RunManifest manifest) implements RunResult {}
}

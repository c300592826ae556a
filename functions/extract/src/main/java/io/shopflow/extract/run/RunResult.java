package io.shopflow.extract.run;

import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunManifest;
import java.time.Instant;

/** How far one invocation took a run. */
public sealed interface RunResult {

    /** The run ended; its manifest says how well. */
    record Finished(RunManifest manifest) implements RunResult {}

    /** The invocation's time is short: the run wants to be called again. */
    record ToBeContinued(RunId runId) implements RunResult {}

    /**
     * Another run, or another invocation of this one, has the source: until then at least, where it
     * stands still or is dead.
     */
    record Busy(RunId runId, RunId holder, Instant until) implements RunResult {}

    /** The run had ended before; the request came twice. */
    record AlreadyFinished(RunManifest manifest) implements RunResult {}
}

package io.shopflow.extract.source;

import io.shopflow.core.run.Problem;
import org.jspecify.annotations.Nullable;

/** The source is away or answers nonsense, and retrying did not help. The run ends incomplete. */
public class SourceUnavailableException extends Exception {

    private final Problem problem;

    /** The problem says which request failed, how, and what to do. */
    public SourceUnavailableException(Problem problem, @Nullable Throwable cause) {
        super(problem.message(), cause);
        this.problem = problem;
    }

    /** What the run's manifest will say. */
    public Problem problem() {
        return problem;
    }
}

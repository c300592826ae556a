package io.shopflow.extract.source;

import io.shopflow.core.run.Problem;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The source is away or answers nonsense, and retrying did not help. The run ends incomplete. */
public class SourceUnavailableException extends Exception {

    /** Rule of the problem where a source does not answer. */
    public static final String UNAVAILABLE = "source_unavailable";

    /** Rule of the problem where something else than the source answers. */
    public static final String MALFORMED = "source_malformed";

    private static final Set<String> PASSING = Set.of(UNAVAILABLE, MALFORMED);

    private final Problem problem;

    /** The problem says which request failed, how, and what to do. */
    public SourceUnavailableException(Problem problem, @Nullable Throwable cause) {
        super(problem.message(), cause);
        this.problem = problem;
    }

    /** Whether this is a problem that a later run may not meet any more. */
    public static boolean mayPass(Problem problem) {
        return PASSING.contains(problem.rule());
    }

    /** What the run's manifest will say. */
    public Problem problem() {
        return problem;
    }
}

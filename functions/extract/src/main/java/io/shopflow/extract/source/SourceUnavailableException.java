package io.shopflow.extract.source;

import io.shopflow.core.run.Problem;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The source is unavailable or its answers are unusable, and retries did not help. The run ends
 * incomplete.
 */
public class SourceUnavailableException extends Exception {

    /** Rule of the problem if a source does not answer. */
    public static final String UNAVAILABLE = "source_unavailable";

    /** Rule of the problem if something other than the source answers. */
    public static final String MALFORMED = "source_malformed";

    /** Rule of the problem if the source rejects the configuration: a retry does not help. */
    public static final String REFUSED = "source_refused";

    private static final Set<String> PASSING = Set.of(UNAVAILABLE, MALFORMED);

    private final Problem problem;

    /** The problem names the request that failed, how it failed, and what to do. */
    public SourceUnavailableException(Problem problem, @Nullable Throwable cause) {
        super(problem.message(), cause);
        this.problem = problem;
    }

    /** Whether this problem may have passed by a later run. */
    public static boolean mayPass(Problem problem) {
        return PASSING.contains(problem.rule());
    }

    /** The problem for the run's manifest. */
    public Problem problem() {
        return problem;
    }
}

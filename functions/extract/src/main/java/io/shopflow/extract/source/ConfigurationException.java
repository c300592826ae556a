package io.shopflow.extract.source;

import io.shopflow.core.run.Problem;
import io.shopflow.core.text.Counted;
import java.util.List;

/** A source's configuration has mistakes; all of them are reported at once. */
public class ConfigurationException extends Exception {

    private final transient List<Problem> problems;

    /** Several mistakes. */
    public ConfigurationException(List<Problem> problems) {
        super(Counted.of(problems.size(), "mistake") + " in the source's configuration");
        this.problems = List.copyOf(problems);
    }

    /** One mistake. */
    public ConfigurationException(Problem problem) {
        this(List.of(problem));
    }

    /** The mistakes, ordered by line. */
    public List<Problem> problems() {
        return problems;
    }
}

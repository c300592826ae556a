package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;

/** A file, or the rest of it, cannot be read; becomes a problem of the run. */
final class FileProblemException extends Exception {

    private final transient Problem problem;

    /** The problem, without stream and file. */
    FileProblemException(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}

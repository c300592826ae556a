package io.shopflow.extract.files;

import org.jspecify.annotations.Nullable;

/** A file, or the rest of it, cannot be read; becomes a problem of the run. */
final class FileProblemException extends Exception {

    private final String rule;
    private final @Nullable Long line;
    private final @Nullable String field;

    FileProblemException(String rule, @Nullable Long line, @Nullable String field, String message) {
        super(message);
        this.rule = rule;
        this.line = line;
        this.field = field;
    }

    String rule() {
        return rule;
    }

    @Nullable Long line() {
        return line;
    }

    @Nullable String field() {
        return field;
    }

    String explanation() {
        return String.valueOf(getMessage());
    }
}

package io.shopflow.core.run;

import org.jspecify.annotations.Nullable;

/**
 * A problem with a source, file or row, described so that a person knows what to do. Never contains
 * PII.
 *
 * @param stream canonical name of the stream; null if it concerns the whole run
 * @param file file, object or address; null if there is none
 * @param line from 1; null if there is none
 * @param field null if it concerns more than one
 * @param rule short stable name, e.g. {@code file_missing}
 * @param message what is wrong and what to do
 */
public record Problem(
        @Nullable String stream,
        @Nullable String file,
        @Nullable Long line,
        @Nullable String field,
        String rule,
        String message) {}

package io.shopflow.core.run;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong with a source, file or row, said so that a person knows what to do. Never carries
 * PII.
 *
 * @param stream canonical name of the stream; null where it concerns the whole run
 * @param file file, object or address; null where there is none
 * @param line from 1; null where there is none
 * @param field null where it concerns more than one
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

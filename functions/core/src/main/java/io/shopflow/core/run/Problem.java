package io.shopflow.core.run;

import io.shopflow.core.privacy.Masking;
import io.shopflow.core.stream.StreamName;
import org.jspecify.annotations.Nullable;

/**
 * A problem with a source, file or row, described so that a user can fix it. Never contains PII:
 * people name files and columns after people, so what identifies them is masked in both.
 *
 * @param stream canonical name of the stream; null if it concerns the whole run
 * @param file file, object or address of an API; null if there is none
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
        String message) {

    public Problem {
        file = file == null || isOfApi(file) ? file : Masking.text(file);
        field = field == null ? null : Masking.text(field);
    }

    /** Such an address is from the configuration, and may have a number for its host. */
    private static boolean isOfApi(String place) {
        return place.startsWith("https://") || place.startsWith("http://");
    }

    /** A problem of the whole run, without a place. */
    public static Problem of(String rule, String message) {
        return new Problem(null, null, null, null, rule, message);
    }

    /** The same problem of a stream; null: of the whole run. */
    public Problem of(@Nullable StreamName of) {
        String name = of == null ? null : of.canonicalName();
        return new Problem(name, file, line, field, rule, message);
    }

    /** The same problem in a file, object or address. */
    public Problem in(@Nullable String place) {
        return new Problem(stream, place, line, field, rule, message);
    }

    /** The same problem at a line, from 1. */
    public Problem atLine(@Nullable Long number) {
        return new Problem(stream, file, number, field, rule, message);
    }

    /** The same problem at a field. */
    public Problem at(@Nullable String name) {
        return new Problem(stream, file, line, name, rule, message);
    }

    /** The same problem with a sentence added to its message. */
    public Problem adding(String sentence) {
        return new Problem(stream, file, line, field, rule, message + " " + sentence);
    }
}

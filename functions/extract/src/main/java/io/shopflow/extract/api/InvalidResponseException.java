package io.shopflow.extract.api;

import io.shopflow.extract.source.SourceUnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A response that cannot be used, and whether a retry may help. */
public final class InvalidResponseException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String rule;
    private final @Nullable String property;
    private final boolean retryable;
    private final @Nullable Duration retryAfter;

    private InvalidResponseException(
            String rule,
            @Nullable String property,
            boolean retryable,
            @Nullable Duration retryAfter,
            String message,
            @Nullable Throwable cause) {
        super(message, cause);
        this.rule = rule;
        this.property = property;
        this.retryable = retryable;
        this.retryAfter = retryAfter;
    }

    /**
     * The configuration is wrong; a retry gives the same response.
     *
     * @param property of the source's configuration to check; null if none is the cause
     * @param message continues a sentence that begins with the address
     */
    public static InvalidResponseException refused(@Nullable String property, String message) {
        return new InvalidResponseException(
                SourceUnavailableException.REFUSED, property, false, null, message, null);
    }

    /**
     * Something other than the API answered, or the response is incomplete.
     *
     * @param message continues a sentence that begins with the address
     */
    public static InvalidResponseException malformed(String message) {
        return new InvalidResponseException(
                SourceUnavailableException.MALFORMED, null, true, null, message, null);
    }

    /** The server is unavailable or overloaded. */
    static InvalidResponseException unavailable(
            @Nullable Duration retryAfter, String message, @Nullable Throwable cause) {
        return new InvalidResponseException(
                SourceUnavailableException.UNAVAILABLE, null, true, retryAfter, message, cause);
    }

    String rule() {
        return rule;
    }

    /** The property of the source's configuration to check; null if none is the cause. */
    @Nullable String property() {
        return property;
    }

    boolean retryable() {
        return retryable;
    }

    /** The wait that the server requests; null if it names none. */
    @Nullable Duration retryAfter() {
        return retryAfter;
    }
}

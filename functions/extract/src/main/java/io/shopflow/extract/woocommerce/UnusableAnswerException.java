package io.shopflow.extract.woocommerce;

import io.shopflow.extract.source.SourceUnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One answer of the shop that cannot be used, and whether asking again may help. */
final class UnusableAnswerException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String rule;
    private final @Nullable String property;
    private final boolean retryable;
    private final @Nullable Duration retryAfter;

    private UnusableAnswerException(
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

    /** The configuration is wrong; asking again gives the same. */
    static UnusableAnswerException refused(@Nullable String property, String message) {
        return new UnusableAnswerException("source_refused", property, false, null, message, null);
    }

    /** The shop is away or overloaded. */
    static UnusableAnswerException away(
            @Nullable Duration retryAfter, String message, @Nullable Throwable cause) {
        return new UnusableAnswerException(
                SourceUnavailableException.UNAVAILABLE, null, true, retryAfter, message, cause);
    }

    /** Something else than the API answered, or half of an answer came. */
    static UnusableAnswerException malformed(String message, @Nullable Throwable cause) {
        return new UnusableAnswerException(
                SourceUnavailableException.MALFORMED, null, true, null, message, cause);
    }

    String rule() {
        return rule;
    }

    /** The property of the source's configuration to check; null where none is at fault. */
    @Nullable String property() {
        return property;
    }

    boolean retryable() {
        return retryable;
    }

    /** How long the shop asks to stay away; null where it does not say. */
    @Nullable Duration retryAfter() {
        return retryAfter;
    }
}

package io.shopflow.secrets;

/** A secret cannot be used. The message names the setting and what to do, and never a value. */
public final class SecretException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A mistake that somebody can correct. */
    public SecretException(String message) {
        super(message);
    }

    SecretException(String message, Throwable cause) {
        super(message, cause);
    }
}

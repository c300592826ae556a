package io.shopflow.secrets;

/** A secret is unusable. The message names the setting and what to do, and never a value. */
public final class SecretException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A mistake in a setting or a secret. */
    public SecretException(String message) {
        super(message);
    }

    SecretException(String message, Throwable cause) {
        super(message, cause);
    }
}

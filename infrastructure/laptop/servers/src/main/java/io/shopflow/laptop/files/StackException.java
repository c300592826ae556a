package io.shopflow.laptop.files;

import org.jspecify.annotations.Nullable;

/** A failure that the user can fix. The message is for the user: the problem, then what to do. */
public final class StackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A failure with its message. */
    public StackException(String message) {
        super(message);
    }

    /** The same with its cause. */
    public StackException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

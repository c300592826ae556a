package io.shopflow.laptop.folder;

/** A failure that the user can fix. The message explains how. */
public final class StackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A message for the user: the problem, then what to do. */
    public StackException(String message) {
        super(message);
    }

    /** The same with its cause. */
    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.shopflow.local.folder;

/** Something that the person at the keyboard can change. The message says what and how. */
public final class StackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A message for a person: what is wrong, then what to do. */
    public StackException(String message) {
        super(message);
    }

    /** The same, with what led to it. */
    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}

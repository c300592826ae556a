package io.shopflow.transform.part;

/** A raw part is not what extract wrote, or does not exist yet. A retry may help. */
public final class UnreadablePartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadablePartException(String message) {
        super(message);
    }
}

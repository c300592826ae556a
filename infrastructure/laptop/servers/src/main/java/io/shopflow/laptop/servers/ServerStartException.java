package io.shopflow.laptop.servers;

import org.jspecify.annotations.Nullable;

/** A server did not start. The message is for the user: the problem, and what to do. */
public final class ServerStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ServerStartException(String message) {
        super(message);
    }

    ServerStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

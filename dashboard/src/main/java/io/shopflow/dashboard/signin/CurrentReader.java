package io.shopflow.dashboard.signin;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Who sent the current request. */
@ApplicationScoped
public class CurrentReader {
    private static final String KEY = CurrentReader.class.getName();

    private static final String LOCAL = "local";

    private final RoutingContext request;

    CurrentReader(RoutingContext request) {
        this.request = request;
    }

    static void is(String reader, RoutingContext request) {
        request.put(KEY, reader);
    }

    /**
     * The id that the issuer has given the reader who signed in, which identifies no person; {@code
     * local} if sign-in is off.
     */
    public String name() {
        String reader = request.get(KEY);
        return reader == null ? LOCAL : reader;
    }
}

package io.shopflow.dashboard.page;

import io.shopflow.dashboard.DashboardConfig;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Rejects requests that name no host and, if names of this server are configured, requests that
 * name another host. Filters are created before the configuration exists, so this one is a scoped
 * bean: its proxy creates it at the first request.
 */
@ApplicationScoped
public class KnownHosts {

    /**
     * Runs before sign-in and all other handlers, since any of them may need the request's address.
     */
    private static final int FIRST = Integer.MIN_VALUE;

    private final DashboardConfig config;

    KnownHosts(DashboardConfig config) {
        this.config = config;
    }

    /**
     * Rejects a request without a valid host. Vert.x itself accepts such a request in HTTP/1.0; in
     * later versions it fails the request, with the framework's own response.
     */
    static void rejectWithoutHost(@Observes Router router) {
        router.route()
                .order(FIRST)
                .handler(KnownHosts::answerWithoutHost)
                .failureHandler(KnownHosts::answerWithoutHost);
    }

    private static void answerWithoutHost(RoutingContext request) {
        if (request.request().authority() != null) {
            request.next();
            return;
        }
        request.response()
                .setStatusCode(Response.Status.BAD_REQUEST.getStatusCode())
                .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.TEXT_PLAIN)
                .end("The request needs a valid header Host.\n");
    }

    /** Rejects a request that names another host than those configured. */
    @ServerRequestFilter(preMatching = true)
    public Optional<Response> refusal(ContainerRequestContext request) {
        String host = request.getUriInfo().getRequestUri().getHost();
        return config.hosts()
                .filter(hosts -> hosts.stream().noneMatch(name -> name.equalsIgnoreCase(host)))
                .map(
                        hosts ->
                                Response.status(Response.Status.FORBIDDEN)
                                        .type(MediaType.TEXT_PLAIN_TYPE)
                                        .entity("Call this server as " + hosts.getFirst() + ".\n")
                                        .build());
    }
}

package io.shopflow.dashboard.page;

import io.shopflow.dashboard.DashboardConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Accepts only requests for the configured names of this server, if there are any. Filters are
 * created before the configuration exists: a proxy creates this one at its first request.
 */
@ApplicationScoped
public class KnownHosts {

    private final DashboardConfig config;

    KnownHosts(DashboardConfig config) {
        this.config = config;
    }

    /** Rejects a request for another name. */
    @ServerRequestFilter(preMatching = true)
    public Optional<Response> refusal(ContainerRequestContext request) {
        String host = request.getUriInfo().getRequestUri().getHost();
        return config.hosts()
                .filter(hosts -> !hosts.contains(host))
                .map(
                        hosts ->
                                Response.status(Response.Status.FORBIDDEN)
                                        .type(MediaType.TEXT_PLAIN_TYPE)
                                        .entity("Call this server as " + hosts.getFirst() + ".\n")
                                        .build());
    }
}

package io.shopflow.extract.api;

import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.Closeable;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * The requests that connectors send. Bodies stay bytes, so that the archive keeps them exactly as
 * received; the caller handles statuses.
 */
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public interface ApiResource extends Closeable {

    /**
     * A document below the API's address.
     *
     * @param path may have several segments
     * @param authorization null in requests without credentials
     */
    @GET
    @Path("/{path}")
    Response get(
            @Encoded @PathParam("path") String path,
            @RestQuery Map<String, String> query,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization);
}

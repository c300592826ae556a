package io.shopflow.extract.woocommerce;

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

/**
 * The two kinds of request that the connector makes. Bodies stay bytes, so that the archive keeps
 * them exactly as received; the caller handles statuses.
 */
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public interface WooCommerceApi extends Closeable {

    /** A resource below {@code /wp-json/wc/v3/}; the path may have several segments. */
    @GET
    @Path("/wp-json/wc/v3/{resource}")
    Response get(
            @Encoded @PathParam("resource") String resource,
            @RestQuery Map<String, String> query,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization);

    /** The site's description: its name, its time zone. Public on every WordPress. */
    @GET
    @Path("/wp-json/")
    Response site(@RestQuery Map<String, String> query);
}

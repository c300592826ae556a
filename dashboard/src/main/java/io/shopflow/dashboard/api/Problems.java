package io.shopflow.dashboard.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopflow.dashboard.sales.SalesFilter.Mistake;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Collectors;

/** Creates the error responses of the API. */
@ApplicationScoped
public class Problems {
    /** The media type of {@link ProblemDetails}. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String PATH = "/api/";

    private final ObjectMapper json;

    Problems(ObjectMapper json) {
        this.json = json;
    }

    /** Whether the API answers at this path. */
    public static boolean concerns(String path) {
        return path.startsWith(PATH);
    }

    /** Parameters are invalid. */
    Response invalid(List<Mistake> mistakes) {
        return response(
                Response.Status.BAD_REQUEST,
                mistakes.stream()
                        .map(
                                mistake ->
                                        "%s is '%s'; allowed: %s."
                                                .formatted(
                                                        mistake.parameter(),
                                                        mistake.given(),
                                                        mistake.allowed()))
                        .collect(Collectors.joining(" ")),
                mistakes.stream().map(ProblemDetails.Parameter::of).toList());
    }

    /** Any other problem. */
    public Response response(Response.Status status, String detail) {
        return response(status, detail, List.of());
    }

    private Response response(
            Response.Status status, String detail, List<ProblemDetails.Parameter> parameters) {
        ProblemDetails problem =
                new ProblemDetails(
                        "about:blank",
                        status.getReasonPhrase(),
                        status.getStatusCode(),
                        detail,
                        parameters);
        try {
            return Response.status(status)
                    .type(MEDIA_TYPE)
                    .header("Cache-Control", "no-store")
                    .entity(json.writeValueAsString(problem))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

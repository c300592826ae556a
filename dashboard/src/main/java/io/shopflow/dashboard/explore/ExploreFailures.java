package io.shopflow.dashboard.explore;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.shopflow.dashboard.explore.ReceivedOutput.ReaderGoneException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns failures of exploring into pages that explain what to do. */
public class ExploreFailures {
    private static final Logger LOG = Logger.getLogger(ExploreFailures.class);

    /** The request is understood, but too large: a retry would not help, and no alarm either. */
    private static final int UNPROCESSABLE = 422;

    private static final int RETRY_AFTER = 10;

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance tooSlow(String path);

        static native TemplateInstance filesInUse();
    }

    /** Reading the rows takes longer than a query may. */
    @ServerExceptionMapper
    public Response tooSlow(TooSlowException failure, UriInfo uri) {
        LOG.warn("view_too_slow");
        String path = uri.getRequestUri().getRawPath().replaceFirst("\\.(csv|xlsx)$", "");
        return page(Response.status(UNPROCESSABLE), Templates.tooSlow(path));
    }

    /** Others are downloading files. */
    @ServerExceptionMapper
    public Response filesInUse(FilesInUseException failure) {
        LOG.warn("files_in_use");
        return page(
                Response.status(Response.Status.SERVICE_UNAVAILABLE)
                        .header("Retry-After", RETRY_AFTER),
                Templates.filesInUse());
    }

    /** A reader who stops a download is no error, and receives nothing any more. */
    @ServerExceptionMapper
    public Response readerGone(ReaderGoneException failure) {
        LOG.info("file_not_received");
        return Response.serverError().build();
    }

    private static Response page(Response.ResponseBuilder response, TemplateInstance page) {
        return response.header("Cache-Control", "no-store")
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(page.render())
                .build();
    }
}

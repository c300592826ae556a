package io.shopflow.dashboard.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Turns what goes wrong into pages that say what to do. */
public class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);

    /** Seconds after which a client may ask again while the database is away. */
    private static final int RETRY_AFTER = 10;

    /**
     * Relation, schema or function that the migrations make, or the grants on them, are missing.
     */
    private static final Set<String> NOT_MIGRATED =
            Set.of("42P01", "3F000", "42883", "42501", "42703");

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance databaseAway(boolean migrated);

        static native TemplateInstance notFound(String what);
    }

    /** The database is away, too slow, or has no schema yet: 503, and when to ask again. */
    @ServerExceptionMapper
    public Response databaseAway(PersistenceException failure) {
        String state = sqlState(failure);
        if (state == null) {
            throw failure;
        }
        LOG.warnf("database_unavailable sql_state=%s", state);
        return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                .header("Retry-After", RETRY_AFTER)
                .header("Cache-Control", "no-store")
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(Templates.databaseAway(!NOT_MIGRATED.contains(state)).render())
                .build();
    }

    /** Nothing is there under the address. */
    @ServerExceptionMapper
    public Response notFound(NotFoundException failure) {
        return Response.status(Response.Status.NOT_FOUND)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(Templates.notFound("There is no page under this address.").render())
                .build();
    }

    /** The SQLSTATE behind a failure; "none" where the connection pool gave up without one. */
    private static @Nullable String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getSQLState() == null ? "none" : sql.getSQLState();
            }
        }
        return null;
    }
}

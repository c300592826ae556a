package io.shopflow.dashboard.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.shopflow.ledger.LedgerException;
import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns failures into pages that explain what to do. */
public class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);

    /** Seconds after which a client may retry while the database is unavailable. */
    private static final int RETRY_AFTER = 10;

    /** A relation, schema or function of the migrations, or a grant on them, is missing. */
    private static final Set<String> NOT_MIGRATED =
            Set.of("42P01", "3F000", "42883", "42501", "42703");

    private static final String LAST_RESORT =
            """
            <!doctype html>
            <html lang="en-GB"><title>Internal error</title>
            <h1>Internal error</h1>
            <p>This is an error in ShopFlow, not in your request. The dashboard's log has the cause.</p>
            </html>
            """;

    private static final String GAVE_UP = "none";

    /**
     * No connection, no such login or database, no resources, shut down, or timed out. <a
     * href="https://www.postgresql.org/docs/17/errcodes-appendix.html">PostgreSQL's codes</a>.
     */
    private static final Pattern AWAY = Pattern.compile(GAVE_UP + "|(08|28|3D|53|57|58).*");

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance databaseAway(boolean migrated, long pollMillis);

        static native TemplateInstance notFound();

        static native TemplateInstance unusable(String mistake);

        static native TemplateInstance bug();
    }

    /** The database is unavailable, too slow, or has no schema yet: 503, with the time to retry. */
    @ServerExceptionMapper({PersistenceException.class, LedgerException.class})
    public Response databaseAway(RuntimeException failure) {
        String state = sqlState(failure);
        boolean migrated = !NOT_MIGRATED.contains(state);
        if (migrated && !AWAY.matcher(state).matches()) {
            LOG.error("query_failed", failure);
            return page(Response.Status.INTERNAL_SERVER_ERROR, Templates.bug());
        }
        LOG.warnf("database_unavailable sql_state=%s", state);
        Response away =
                page(
                        Response.Status.SERVICE_UNAVAILABLE,
                        Templates.databaseAway(migrated, RETRY_AFTER * 1000L));
        away.getHeaders().add("Retry-After", RETRY_AFTER);
        return away;
    }

    /** There is no page at this address. */
    @ServerExceptionMapper
    public Response notFound(NotFoundException failure) {
        return page(Response.Status.NOT_FOUND, Templates.notFound());
    }

    /** A parameter is invalid. */
    @ServerExceptionMapper
    public Response unusable(BadRequestException failure) {
        return page(
                Response.Status.BAD_REQUEST,
                Templates.unusable(String.valueOf(failure.getMessage())));
    }

    /** Any unexpected failure, also during rendering: a page without internal details. */
    @ServerExceptionMapper
    public Response bug(Throwable failure) {
        if (failure instanceof WebApplicationException answered) {
            return answered.getResponse();
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PersistenceException || cause instanceof LedgerException) {
                return databaseAway((RuntimeException) cause);
            }
        }
        LOG.error("page_failed", failure);
        return page(Response.Status.INTERNAL_SERVER_ERROR, Templates.bug());
    }

    private static Response page(Response.Status status, TemplateInstance page) {
        return Response.status(status)
                .header("Cache-Control", "no-store")
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(rendered(page))
                .build();
    }

    /** If even this page cannot be rendered, a plain one is better than an empty response. */
    private static String rendered(TemplateInstance page) {
        try {
            return page.render();
        } catch (RuntimeException e) {
            LOG.error("failure_page_failed", e);
            return LAST_RESORT;
        }
    }

    /** The SQLSTATE of a failure; failed connections have none. */
    private static String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getSQLState() == null ? GAVE_UP : sql.getSQLState();
            }
        }
        return GAVE_UP;
    }
}

package io.shopflow.dashboard.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.shopflow.dashboard.api.Problems;
import io.shopflow.ledger.LedgerException;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns failures into pages, or problems of the API, that explain what to do. */
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
     * The pool's message when no connection became free in time; the exception has no type or SQL
     * state of its own. If the pool cannot open a connection, the message differs.
     */
    private static final String ALL_IN_USE = "Sorry, acquisition timeout!";

    /**
     * The states of a database that cannot be used now: no connection, no such login or database,
     * no resources, shut down, or timed out. See <a
     * href="https://www.postgresql.org/docs/17/errcodes-appendix.html">PostgreSQL's codes</a>.
     */
    private static final Pattern AWAY = Pattern.compile(GAVE_UP + "|(08|28|3D|53|57|58).*");

    private final Problems problems;

    Failures(Problems problems) {
        this.problems = problems;
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance databaseAway(boolean migrated, long pollMillis);

        static native TemplateInstance busy(long pollMillis);

        static native TemplateInstance notFound();

        static native TemplateInstance unusable(String mistake);

        static native TemplateInstance bug();
    }

    /**
     * The database is unavailable or too slow, has no schema yet, or has too many readers. Answers
     * with 503 and the number of seconds after which to retry.
     */
    @ServerExceptionMapper({PersistenceException.class, LedgerException.class})
    public Response databaseAway(Throwable failure, UriInfo uri) {
        if (isAnyCause(failure, ALL_IN_USE)) {
            LOG.warn("connections_in_use");
            return retryLater(
                    uri,
                    "The dashboard has more requests than connections to the database at the moment. Try again in %d seconds."
                            .formatted(RETRY_AFTER),
                    () -> Templates.busy(RETRY_AFTER * 1000L));
        }
        String state = sqlState(failure);
        boolean migrated = !NOT_MIGRATED.contains(state);
        if (migrated && !AWAY.matcher(state).matches()) {
            LOG.error("query_failed", failure);
            return bug(uri);
        }
        LOG.warnf("database_unavailable sql_state=%s", state);
        return retryLater(
                uri,
                migrated
                        ? "The warehouse cannot be read now. Try again in %d seconds."
                                .formatted(RETRY_AFTER)
                        : "The warehouse has no schema yet, or an older one. Run the migrations, then try again.",
                () -> Templates.databaseAway(migrated, RETRY_AFTER * 1000L));
    }

    private Response retryLater(UriInfo uri, String problem, Supplier<TemplateInstance> page) {
        Response later = answer(uri, Response.Status.SERVICE_UNAVAILABLE, problem, page);
        later.getHeaders().add("Retry-After", RETRY_AFTER);
        return later;
    }

    /** There is nothing at this address. */
    @ServerExceptionMapper
    public Response notFound(NotFoundException failure, UriInfo uri) {
        return answer(
                uri,
                Response.Status.NOT_FOUND,
                "There is nothing at this address.",
                Templates::notFound);
    }

    /** A parameter is invalid. */
    @ServerExceptionMapper
    public Response unusable(BadRequestException failure, UriInfo uri) {
        String mistake = String.valueOf(failure.getMessage());
        return answer(uri, Response.Status.BAD_REQUEST, mistake, () -> Templates.unusable(mistake));
    }

    /** Answers any other failure, even one during rendering, without internal details. */
    @ServerExceptionMapper
    public Response bug(Throwable failure, UriInfo uri) {
        if (failure instanceof WebApplicationException answered) {
            Response response = answered.getResponse();
            return response.hasEntity() || !isOfApi(uri)
                    ? response
                    : problems.response(
                            response.getStatusInfo().toEnum(), "This is not allowed here.");
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // Several slow queries can together exceed the timeout of their transaction.
            if (cause instanceof PersistenceException
                    || cause instanceof LedgerException
                    || cause instanceof RollbackException) {
                return databaseAway(cause, uri);
            }
        }
        LOG.error("page_failed", failure);
        return bug(uri);
    }

    private Response bug(UriInfo uri) {
        return answer(
                uri,
                Response.Status.INTERNAL_SERVER_ERROR,
                "This is an error in ShopFlow, not in your request. The dashboard's log has the cause.",
                Templates::bug);
    }

    private Response answer(
            UriInfo uri, Response.Status status, String problem, Supplier<TemplateInstance> page) {
        return isOfApi(uri) ? problems.response(status, problem) : page(status, page.get());
    }

    private static boolean isOfApi(UriInfo uri) {
        return Problems.concerns(uri.getRequestUri().getPath());
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

    private static boolean isAnyCause(Throwable failure, String message) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException && message.equals(cause.getMessage())) {
                return true;
            }
        }
        return false;
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

package io.shopflow.dashboard.explore;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.shopflow.dashboard.file.CsvLines;
import io.shopflow.dashboard.file.WorkbookRows;
import io.shopflow.dashboard.file.WorkbookRows.Value;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * The rows of a view as files, with the filters and the sort of its page. Rows are sent as they are
 * read, in a transaction of their own, so that memory does not grow with their number. The time
 * limit of queries holds for each batch of rows, not for the file.
 */
@Path("/explore")
public class ExploreFiles {
    /** A file holds a connection while its reader receives it; pages need the others. */
    private static final int AT_ONCE = 3;

    /** After this, a reader who receives slowly no longer holds the connection. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final ExploreRequests requests;
    private final Rows rows;
    private final RoutingContext request;
    private final Semaphore free = new Semaphore(AT_ONCE);

    /** The request is the current one. */
    ExploreFiles(ExploreRequests requests, Rows rows, RoutingContext request) {
        this.requests = requests;
        this.rows = rows;
        this.request = request;
    }

    /** For programs and spreadsheets. */
    @GET
    @Path("{view}.csv")
    @Produces("text/csv;charset=UTF-8")
    @Transactional
    public Response csv(@PathParam("view") String view) {
        return file(view, "csv", CsvLines.TYPE, ExploreFiles::csv);
    }

    /** For Excel, where ids stay text, and times are times. */
    @GET
    @Path("{view}.xlsx")
    @Produces(WorkbookRows.MEDIA_TYPE)
    @Transactional
    public Response xlsx(@PathParam("view") String view) {
        return file(view, "xlsx", MediaType.valueOf(WorkbookRows.MEDIA_TYPE), ExploreFiles::xlsx);
    }

    /** The server sends at least so many bytes at once, twice this number, or the whole answer. */
    private static final int LEAST_SENT = 4096;

    /** A connection is closed by the server's own thread, which takes part of a millisecond. */
    private static final long CLOSING_MILLIS = 10_000;

    /** A kind of file. */
    private interface Format {
        void write(Selection selection, Rows rows, OutputStream to) throws IOException;
    }

    private Response file(String view, String extension, MediaType type, Format format) {
        return requests.rows(
                view,
                extension,
                (selection, current) ->
                        Response.ok(sent(selection.at(null, false), format), type)
                                .header(
                                        "Content-Disposition",
                                        "attachment; filename=\"%s.%s\""
                                                .formatted(
                                                        view.replaceAll("[^A-Za-z0-9_-]", "_"),
                                                        extension)));
    }

    /** Nothing is sent before the first rows are there: until then, a failure is a page. */
    private StreamingOutput sent(Selection selection, Format format) {
        HttpServerResponse response = request.response();
        return output -> {
            ReceivedOutput to = new ReceivedOutput(output, response::closed);
            if (!free.tryAcquire()) {
                throw new FilesInUseException();
            }
            try {
                QuarkusTransaction.requiringNew()
                        .timeout(Math.toIntExact(LONGEST.toSeconds()))
                        .run(
                                () -> {
                                    try {
                                        format.write(selection, rows, to);
                                    } catch (IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                });
            } catch (RuntimeException e) {
                // The server would end the answer, and what was sent so far would look whole. It
                // may be about to send it: its own thread writes the head.
                if (response.headWritten() || to.written() >= LEAST_SENT) {
                    breakOff(request.request());
                }
                throw e;
            } finally {
                free.release();
            }
        };
    }

    /**
     * Ends an answer so that the reader sees that it is not whole. A reset of HTTP/1 closes the
     * connection only when all is sent, which may include the end that the server writes next.
     */
    private static void breakOff(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            ((ConnectionBase) request.connection())
                    .channel()
                    .close()
                    .awaitUninterruptibly(CLOSING_MILLIS);
        }
    }

    private static void csv(Selection selection, Rows rows, OutputStream to) throws IOException {
        List<Column> columns = selection.view().columns();
        BufferedWriter writer =
                new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
        CsvLines lines = new CsvLines(writer);
        lines.line(columns.stream().map(column -> CsvLines.text(column.name())).toList());
        rows.forEach(
                selection,
                row -> {
                    List<String> cells = new ArrayList<>(row.size());
                    for (int i = 0; i < row.size(); i++) {
                        String text = new Cell(columns.get(i), row.get(i)).text();
                        cells.add(
                                switch (columns.get(i).kind()) {
                                    case TEXT, OTHER -> CsvLines.text(text);
                                    case NUMBER, DATE, INSTANT, TIME, BOOLEAN -> text;
                                });
                    }
                    lines.line(cells);
                });
        writer.flush();
    }

    private static void xlsx(Selection selection, Rows rows, OutputStream to) throws IOException {
        List<Column> columns = selection.view().columns();
        WorkbookRows workbook = new WorkbookRows(to, columns.stream().map(Column::name).toList());
        rows.forEach(
                selection,
                row -> {
                    List<Value> values = new ArrayList<>(row.size());
                    for (int i = 0; i < row.size(); i++) {
                        values.add(new Cell(columns.get(i), row.get(i)).spreadsheetValue());
                    }
                    workbook.row(values);
                });
        workbook.finish();
    }
}

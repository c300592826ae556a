package io.shopflow.dashboard.explore;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.shopflow.dashboard.sales.FilteredRequests.CurrentData;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The views of schema {@code analytics} and their rows. */
@Path("/explore")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class ExplorePage {
    private static final MediaType HTML = MediaType.TEXT_HTML_TYPE.withCharset("UTF-8");

    private final ExploreRequests requests;
    private final Rows rows;

    ExplorePage(ExploreRequests requests, Rows rows) {
        this.requests = requests;
        this.rows = rows;
    }

    /** The content of the page of all views. */
    public record Views(List<ExploredView> views, CurrentData current) {}

    /** The content of a view's page. */
    public record View(Selection selection, RowPage page, CurrentData current) {
        /** The columns with their filters, and links that sort by them. */
        public List<Head> heads() {
            return selection.view().columns().stream().map(this::head).toList();
        }

        private Head head(Column column) {
            return new Head(
                    column,
                    address(selection.sortedBy(column)),
                    !column.equals(selection.sorted().getFirst())
                            ? null
                            : selection.descending() ? "descending" : "ascending",
                    selection.value(column, Operator.IS),
                    selection.value(column, Operator.HAS),
                    selection.value(column, Operator.MIN),
                    selection.value(column, Operator.MAX),
                    selection.value(column, Operator.EMPTY));
        }

        /** The rows, in the sequence of the columns. */
        public List<List<Cell>> rows() {
            List<Column> columns = selection.view().columns();
            List<List<Cell>> cells = new ArrayList<>();
            for (List<@Nullable String> row : page.rows()) {
                List<Cell> line = new ArrayList<>();
                for (int i = 0; i < columns.size(); i++) {
                    line.add(new Cell(columns.get(i), row.get(i)));
                }
                cells.add(line);
            }
            return cells;
        }

        /** The number of rows on this page. */
        public int count() {
            return page.rows().size();
        }

        /** The filters, each with the link that removes it. */
        public List<Filter> filters() {
            return selection.conditions().stream()
                    .map(each -> new Filter(each, address(selection.without(each))))
                    .toList();
        }

        /** All rows. */
        public String allLink() {
            return address(selection.withoutConditions());
        }

        /** The first page. */
        public String firstLink() {
            return address(selection.at(null, false));
        }

        /** The page before; null on the first one. */
        public @Nullable String previousLink() {
            Cut cut = page.previous();
            return cut == null ? null : address(selection.at(cut, true));
        }

        /** The page after; null on the last one. */
        public @Nullable String nextLink() {
            Cut cut = page.next();
            return cut == null ? null : address(selection.at(cut, false));
        }

        /** All pages as a file. */
        public String fileLink(String extension) {
            return selection.view().path() + "." + extension + selection.at(null, false).query();
        }

        private static String address(Selection other) {
            return other.view().path() + other.query();
        }
    }

    /**
     * A column's head.
     *
     * @param link the rows sorted by it, or in the other direction
     * @param sorted the direction in which rows are sorted by it; null if they are not
     * @param is the value of the filter, like those after it; empty if there is none
     */
    public record Head(
            Column column,
            String link,
            @Nullable String sorted,
            String is,
            String has,
            String min,
            String max,
            String empty) {}

    /** A filter that is set. */
    public record Filter(Condition condition, String removal) {}

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance views(Views content);

        static native TemplateInstance view(View content);
    }

    /** All views. */
    @GET
    @Transactional
    public Response views() {
        return requests.views(
                (views, current) ->
                        Response.ok(Templates.views(new Views(views, current)).render(), HTML));
    }

    /** Rows of a view. */
    @GET
    @Path("{view}")
    @Transactional
    public Response view(@PathParam("view") String view) {
        return requests.rows(
                view,
                "page",
                (selection, current) ->
                        Response.ok(
                                Templates.view(new View(selection, rows.page(selection), current))
                                        .render(),
                                HTML));
    }
}

package io.shopflow.dashboard.explore;

import io.shopflow.dashboard.sales.FilteredPages;
import io.shopflow.dashboard.sales.FilteredRequests;
import io.shopflow.dashboard.sales.FilteredRequests.CurrentData;
import io.shopflow.dashboard.sales.SalesFilter.Mistake;
import io.shopflow.dashboard.signin.CurrentReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Requests for rows of views: they are answered only if the answer has changed, and logged. */
@ApplicationScoped
class ExploreRequests {
    private static final Logger LOG = Logger.getLogger(ExploreRequests.class);

    private final Catalogue catalogue;
    private final FilteredRequests requests;
    private final CurrentReader reader;
    private final UriInfo uri;
    private final Clock clock = Clock.systemUTC();

    /** Address and reader are those of the current request. */
    ExploreRequests(
            Catalogue catalogue, FilteredRequests requests, CurrentReader reader, UriInfo uri) {
        this.catalogue = catalogue;
        this.requests = requests;
        this.reader = reader;
        this.uri = uri;
    }

    /** The answer with all views. */
    Response views(BiFunction<List<ExploredView>, CurrentData, Response.ResponseBuilder> content) {
        CurrentData current = requests.current();
        List<ExploredView> views = catalogue.views();
        EntityTag tag = tag(current, views);
        return requests.isUnchanged(tag)
                ? unchanged(tag)
                : tagged(content.apply(views, current), tag);
    }

    /**
     * The answer with rows of a view. Single orders and customers are in them, by ids and
     * pseudonyms, so the log has who read which view; not which rows.
     *
     * @param as what the rows are sent as
     */
    Response rows(
            String name,
            String as,
            BiFunction<Selection, CurrentData, Response.ResponseBuilder> content) {
        List<ExploredView> views = catalogue.views();
        Optional<ExploredView> view =
                views.stream().filter(each -> each.name().equals(name)).findFirst();
        if (view.isEmpty()) {
            return FilteredPages.mistakes(
                    List.of(
                            new Mistake(
                                    "view",
                                    FilteredRequests.shortened(name),
                                    views.isEmpty()
                                            ? "none, because the dashboard may read no view"
                                            : "one of "
                                                    + views.stream()
                                                            .map(ExploredView::name)
                                                            .collect(Collectors.joining(", ")))));
        }
        List<Mistake> mistakes = new ArrayList<>();
        Selection selection = Selection.read(view.get(), uri.getQueryParameters(), mistakes);
        if (!mistakes.isEmpty()) {
            return FilteredPages.mistakes(mistakes);
        }
        CurrentData current = requests.current();
        EntityTag tag = tag(current, view.get());
        if (requests.isUnchanged(tag)) {
            return unchanged(tag);
        }
        LOG.infof("view_read reader=%s view=%s as=%s", reader.name(), view.get().path(), as);
        return tagged(content.apply(selection, current), tag);
    }

    /** Some views depend on the day, and a migration changes their columns. */
    private EntityTag tag(CurrentData current, Object catalogued) {
        return requests.tag(current, LocalDate.now(clock) + "\n" + catalogued);
    }

    private static Response unchanged(EntityTag tag) {
        return Response.notModified(tag).header("Cache-Control", "no-cache").build();
    }

    private static Response tagged(Response.ResponseBuilder content, EntityTag tag) {
        return content.tag(tag).header("Cache-Control", "no-cache").build();
    }
}

package io.shopflow.dashboard.api;

import static java.util.stream.Collectors.toMap;

import io.shopflow.dashboard.freshness.Freshness;
import io.shopflow.dashboard.freshness.Notice;
import io.shopflow.dashboard.freshness.NoticeGroup;
import io.shopflow.dashboard.freshness.SourceFreshness;
import io.shopflow.dashboard.sales.FilteredRequests;
import io.shopflow.dashboard.sales.FilteredRequests.ReadRequest;
import io.shopflow.dashboard.sales.PageContext;
import io.shopflow.dashboard.sales.SalesFilter;
import io.shopflow.dashboard.sales.SalesFilter.Mistake;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.EntityTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Answers of the API. They have the filters of the pages, and are sent only if they have changed.
 */
@ApplicationScoped
public class Answers {
    private final FilteredRequests requests;
    private final Freshness freshness;
    private final Problems problems;

    Answers(FilteredRequests requests, Freshness freshness, Problems problems) {
        this.requests = requests;
        this.freshness = freshness;
        this.problems = problems;
    }

    /**
     * Figures of a page.
     *
     * @param path of the page
     * @param defined the figures that the page defines, each under the id {@code about-…}
     */
    public <T> RestResponse<Answer<T>> of(
            String path,
            List<String> defined,
            SalesFilter.Parameters parameters,
            Function<PageContext, T> figures) {
        return of(
                path,
                defined,
                parameters,
                mistakes -> parameters,
                (context, nothing) -> figures.apply(context));
    }

    /**
     * Figures with parameters of their own.
     *
     * @param choice reads them, and reports mistakes
     */
    public <C, T> RestResponse<Answer<T>> of(
            String path,
            List<String> defined,
            SalesFilter.Parameters parameters,
            Function<List<Mistake>, C> choice,
            BiFunction<PageContext, C, T> figures) {
        List<Mistake> mistakes = new ArrayList<>();
        C chosen = choice.apply(mistakes);
        return switch (requests.read(parameters, mistakes)) {
            case ReadRequest.Unchanged(EntityTag tag) ->
                    RestResponse.ResponseBuilder.<Answer<T>>create(RestResponse.Status.NOT_MODIFIED)
                            .tag(tag)
                            .header("Cache-Control", "no-cache")
                            .build();
            case ReadRequest.Invalid(List<Mistake> all) ->
                    throw new WebApplicationException(problems.invalid(all));
            case ReadRequest.NoSales(var sources, var notices, String version, EntityTag tag) ->
                    answer(
                            new Answer<T>(
                                    path,
                                    definitions(path, "", defined),
                                    null,
                                    Answer.Freshness.of(sources, version),
                                    notes(notices),
                                    null),
                            tag);
            case ReadRequest.Figures(PageContext context, EntityTag tag) ->
                    answer(
                            new Answer<>(
                                    path + context.filter().query(),
                                    definitions(path, context.filter().query(), defined),
                                    Answer.Filter.of(context.filter()),
                                    Answer.Freshness.of(context.freshness(), context.version()),
                                    notes(context.notices()),
                                    figures.apply(context, chosen)),
                            tag);
        };
    }

    /** Reads parameters; the answer to invalid ones is a problem that names them. */
    public <C> C read(Function<List<Mistake>, C> choice) {
        List<Mistake> mistakes = new ArrayList<>();
        C chosen = choice.apply(mistakes);
        if (!mistakes.isEmpty()) {
            throw new WebApplicationException(problems.invalid(mistakes));
        }
        return chosen;
    }

    /** Figures of the ledger, which have no filters but their own. */
    public <T> RestResponse<Answer<T>> ofLedger(String page, T figures) {
        List<SourceFreshness> sources = SourceFreshness.all();
        return RestResponse.ResponseBuilder.ok(
                        new Answer<>(
                                page,
                                Map.of(),
                                null,
                                Answer.Freshness.of(sources, freshness.version()),
                                notes(freshness.notices(sources)),
                                figures))
                .header("Cache-Control", "no-cache")
                .build();
    }

    private static Map<String, String> definitions(
            String path, String query, List<String> defined) {
        return defined.stream()
                .collect(
                        toMap(
                                Function.identity(),
                                figure -> path + query + "#about-" + figure,
                                (one, other) -> one,
                                TreeMap::new));
    }

    private static List<Answer.Note> notes(List<Notice> notices) {
        return NoticeGroup.of(notices).stream()
                .flatMap(group -> group.notices().stream())
                .map(Answer.Note::of)
                .toList();
    }

    private static <T> RestResponse<Answer<T>> answer(Answer<T> answer, EntityTag tag) {
        return RestResponse.ResponseBuilder.ok(answer)
                .tag(tag)
                .header("Cache-Control", "no-cache")
                .build();
    }
}

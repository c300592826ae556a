package io.shopflow.dashboard.sales;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.shopflow.dashboard.DashboardConfig;
import io.shopflow.dashboard.freshness.Freshness;
import io.shopflow.dashboard.freshness.Notice;
import io.shopflow.dashboard.freshness.SourceFreshness;
import io.shopflow.dashboard.sales.SalesFilter.Mistake;
import io.shopflow.dashboard.sales.SalesFilter.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pages of sales: each has the same filters in its address, and is sent only if it has changed. */
@ApplicationScoped
public class FilteredPages {
    /** Invalidates cached pages of an older version of the application. */
    private static final String STARTED = UUID.randomUUID().toString();

    private static final int CATEGORIES = 300;
    private static final int LAST_PAGE = 1_000_000;
    private static final int SHOWN = 40;

    private static final MediaType HTML = MediaType.TEXT_HTML_TYPE.withCharset("UTF-8");

    private final SalesCache sales;
    private final Freshness freshness;
    private final DashboardConfig config;
    private final Request request;
    private final UriInfo uri;

    /** Request and address are those of the current request. */
    FilteredPages(
            SalesCache sales,
            Freshness freshness,
            DashboardConfig config,
            Request request,
            UriInfo uri) {
        this.sales = sales;
        this.freshness = freshness;
        this.config = config;
        this.request = request;
        this.uri = uri;
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance empty(
                String name, List<SourceFreshness> freshness, String version, long pollMillis);

        static native TemplateInstance mistakes(List<Mistake> mistakes);
    }

    /**
     * The page for the URL's parameters.
     *
     * @param page its name in the navigation
     * @param content the page, if all parameters are valid
     */
    public Response page(
            String page, SalesFilter.Parameters given, Function<Frame, TemplateInstance> content) {
        return respond(page, given, List.of(), frame -> html(content.apply(frame)));
    }

    /**
     * A page with parameters of its own.
     *
     * @param choice reads them, and reports mistakes
     */
    public <C> Response page(
            String page,
            SalesFilter.Parameters given,
            Function<List<Mistake>, C> choice,
            BiFunction<Frame, C, TemplateInstance> content) {
        return file(page, given, choice, (frame, chosen) -> html(content.apply(frame, chosen)));
    }

    /**
     * The page of a thing of one source. Its links keep the source of the URL's parameters, which
     * may be none.
     */
    public Response pageOfSource(
            String page,
            String source,
            SalesFilter.Parameters given,
            Function<Frame, TemplateInstance> content) {
        return pageOfSource(
                page, source, given, mistakes -> given, (frame, nothing) -> content.apply(frame));
    }

    /** The same with parameters of its own. */
    public <C> Response pageOfSource(
            String page,
            String source,
            SalesFilter.Parameters given,
            Function<List<Mistake>, C> choice,
            BiFunction<Frame, C, TemplateInstance> content) {
        return page(
                page,
                given.withSource(source),
                choice,
                (frame, chosen) -> content.apply(frame.withSource(given.source()), chosen));
    }

    /** A file of the figures of a page, with the filter of the URL's parameters. */
    public <C> Response file(
            String page,
            SalesFilter.Parameters given,
            Function<List<Mistake>, C> choice,
            BiFunction<Frame, C, Response.ResponseBuilder> content) {
        List<Mistake> mistakes = new ArrayList<>();
        C chosen = choice.apply(mistakes);
        return respond(page, given, mistakes, frame -> content.apply(frame, chosen));
    }

    private Response respond(
            String page,
            SalesFilter.Parameters given,
            List<Mistake> mistakes,
            Function<Frame, Response.ResponseBuilder> content) {
        String version = freshness.version();
        List<SourceFreshness> sources = SourceFreshness.all();
        List<Notice> notices = freshness.notices(sources);
        EntityTag tag = tag(version, notices);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        if (unchanged != null) {
            return unchanged.header("Cache-Control", "no-cache").build();
        }
        List<SourceSales> known = sales.sources(version);
        if (known.isEmpty()) {
            return tagged(html(empty(page, sources, version)), tag);
        }
        String source = given.source();
        if (source != null && known.stream().noneMatch(sold -> sold.source().equals(source))) {
            List<SourceFreshness> requested =
                    sources.stream().filter(s -> s.source.equals(source)).toList();
            if (!requested.isEmpty()) {
                return tagged(html(empty(page, requested, version)), tag);
            }
        }
        Categories categories = sales.categories(version);
        return switch (SalesFilter.read(given, known, categories, mistakes)) {
            case Outcome.Unusable(List<Mistake> all) ->
                    Response.status(Response.Status.BAD_REQUEST)
                            .type(HTML)
                            .entity(Templates.mistakes(all).render())
                            .build();
            case Outcome.Usable(SalesFilter filter) ->
                    tagged(
                            content.apply(
                                    frame(filter, known, categories, sources, notices, version)),
                            tag);
        };
    }

    /** A parameter that only one page has; blank ones count as absent. */
    public static String given(@Nullable String parameter, String otherwise) {
        return parameter == null || parameter.isBlank() ? otherwise : parameter.strip();
    }

    /** The number of a page of a list, from 1. */
    public static long pageNumber(@Nullable String parameter, List<Mistake> mistakes) {
        String given = given(parameter, "1");
        try {
            long number = Long.parseLong(given);
            if (number >= 1 && number <= LAST_PAGE) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, like a number out of bounds.
        }
        mistakes.add(
                new Mistake(
                        "page", start(given), "a whole number from 1 to %d".formatted(LAST_PAGE)));
        return 1;
    }

    /** The beginning of an invalid parameter of any text. */
    public static String start(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "�");
        return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "…";
    }

    private TemplateInstance empty(String page, List<SourceFreshness> sources, String version) {
        return Templates.empty(page, sources, version, config.pollInterval().toMillis());
    }

    private Frame frame(
            SalesFilter filter,
            List<SourceSales> known,
            Categories categories,
            List<SourceFreshness> allSources,
            List<Notice> notices,
            String version) {
        List<String> inScope = filter.scope().sources();
        List<String> all = categories.of(inScope, filter.category());
        List<String> choice = choice(all, filter.category());
        return new Frame(
                filter,
                Stream.concat(
                                known.stream().map(SourceSales::source),
                                allSources.stream().map(source -> source.source))
                        .distinct()
                        .sorted()
                        .toList(),
                known.stream()
                        .filter(
                                sold ->
                                        filter.source() == null
                                                || sold.source().equals(filter.source()))
                        .map(sold -> sold.currency().getCurrencyCode())
                        .distinct()
                        .toList(),
                choice,
                all.size() - choice.size(),
                allSources.stream().filter(source -> inScope.contains(source.source)).toList(),
                notices.stream().filter(notice -> inScope.contains(notice.source())).toList(),
                version,
                config.pollInterval().toMillis());
    }

    /** A shop may have tens of thousands of categories, so the page shows only some of them. */
    private static List<String> choice(List<String> categories, @Nullable String chosen) {
        if (categories.size() <= CATEGORIES) {
            return categories;
        }
        List<String> first = new ArrayList<>(categories.subList(0, CATEGORIES));
        if (chosen != null && !first.contains(chosen)) {
            first.set(CATEGORIES - 1, chosen);
        }
        return List.copyOf(first);
    }

    private static Response.ResponseBuilder html(TemplateInstance page) {
        return Response.ok(page.render(), HTML);
    }

    private static Response tagged(Response.ResponseBuilder content, EntityTag tag) {
        return content.tag(tag).header("Cache-Control", "no-cache").build();
    }

    /**
     * Includes the notices, which depend on the time: the page may change although the warehouse
     * does not.
     */
    private EntityTag tag(String version, List<Notice> notices) {
        String content =
                String.join(
                        "\n", STARTED, version, notices.toString(), uri.getRequestUri().toString());
        return new EntityTag(
                UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8)).toString(), true);
    }
}

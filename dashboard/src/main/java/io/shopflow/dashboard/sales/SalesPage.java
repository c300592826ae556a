package io.shopflow.dashboard.sales;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.shopflow.core.run.RunId;
import io.shopflow.dashboard.DashboardConfig;
import io.shopflow.dashboard.freshness.Freshness;
import io.shopflow.dashboard.freshness.Notice;
import io.shopflow.dashboard.freshness.NoticeGroup;
import io.shopflow.dashboard.freshness.SourceFreshness;
import io.shopflow.dashboard.runs.QuarantinedRow;
import io.shopflow.dashboard.runs.RunTotals;
import io.shopflow.dashboard.sales.SalesFigures.Earlier;
import io.shopflow.dashboard.sales.SalesFilter.Mistake;
import io.shopflow.dashboard.sales.SalesFilter.Outcome;
import io.shopflow.ledger.Ledger;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sales by product, customer and region, and profit: the first page for analysts. */
@Path("/")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class SalesPage {
    /** Invalidates cached pages of an older version of the application. */
    private static final String STARTED = UUID.randomUUID().toString();

    private static final int CATEGORIES = 300;

    private static final MediaType HTML = MediaType.TEXT_HTML_TYPE.withCharset("UTF-8");

    private final SalesCache sales;
    private final Freshness freshness;
    private final Ledger ledger;
    private final DashboardConfig config;

    SalesPage(SalesCache sales, Freshness freshness, Ledger ledger, DashboardConfig config) {
        this.sales = sales;
        this.freshness = freshness;
        this.ledger = ledger;
        this.config = config;
    }

    /**
     * The content of the page.
     *
     * @param categories to choose from, including the chosen one
     * @param moreCategories number of other categories
     * @param quality ledger of the sources' last runs, added up
     * @param stillOut rejected rows of all the sources' runs that no later run has loaded
     */
    public record View(
            SalesFilter filter,
            List<String> sources,
            List<String> currencies,
            List<String> categories,
            long moreCategories,
            SalesFigures figures,
            List<SourceFreshness> freshness,
            List<Notice> notices,
            RunTotals quality,
            long stillOut,
            String version,
            long pollMillis) {
        /** The moving ranges to choose from. */
        public List<Preset> presets() {
            return List.of(Preset.values());
        }

        /** The notices by title. */
        public List<NoticeGroup> noticeGroups() {
            return NoticeGroup.of(notices);
        }

        /** The number of categories to choose from. */
        public long offeredCategories() {
            return categories.size();
        }

        /** The number of all categories. */
        public long allCategories() {
            return offeredCategories() + moreCategories;
        }

        /** Whether any of the last runs is not closed yet. */
        public boolean isReading() {
            return freshness.stream().anyMatch(SourceFreshness::isRunning);
        }

        /** Whether a month is cut by the range or the data. */
        public boolean hasPartialMonth() {
            return figures.months().stream().anyMatch(month -> month.partialFrom() != null);
        }

        /** Change of net sales; null if no comparison is possible. */
        public @Nullable Change netChange() {
            return change(before -> before.net().minor(), figures.now().net().minor());
        }

        /** Change of the number of orders. */
        public @Nullable Change orderChange() {
            return countChange(Earlier::orders, figures.now().orders());
        }

        /** Change of the average order value. */
        public @Nullable Change averageOrderChange() {
            return change(
                    before -> minor(before.perOrder().value()),
                    minor(figures.now().perOrder().value()));
        }

        /** Change of the average customer spend. */
        public @Nullable Change averageSpendChange() {
            return change(
                    before -> minor(before.perCustomer().value()),
                    minor(figures.now().perCustomer().value()));
        }

        /** Change of the number of customers. */
        public @Nullable Change customerChange() {
            return countChange(Earlier::customers, figures.now().customers());
        }

        /** Change of the profit on lines with a known cost. */
        public @Nullable Change profitChange() {
            return change(before -> before.profit().minor(), figures.profit().profit().minor());
        }

        private @Nullable Change countChange(ToLongFunction<Earlier> figure, long now) {
            return change(
                    before -> BigInteger.valueOf(figure.applyAsLong(before)),
                    BigInteger.valueOf(now));
        }

        private @Nullable Change change(Function<Earlier, BigInteger> figure, BigInteger now) {
            Earlier before = figures.previous();
            return before == null ? null : Change.between(figure.apply(before), now);
        }

        private static BigInteger minor(@Nullable Money money) {
            return money == null ? BigInteger.ZERO : money.minor();
        }
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance sales(View view);

        static native TemplateInstance empty(
                List<SourceFreshness> freshness, String version, long pollMillis);

        static native TemplateInstance mistakes(List<Mistake> mistakes);
    }

    /** The page for the URL's parameters. */
    @GET
    @Transactional
    public Response sales(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("range") @Nullable String range,
            @QueryParam("category") @Nullable String category,
            @QueryParam("source") @Nullable String source,
            @QueryParam("currency") @Nullable String currency,
            @Context Request request,
            @Context UriInfo uri) {
        String version = freshness.version();
        List<SourceFreshness> sources = SourceFreshness.all();
        List<Notice> notices = freshness.notices(sources);
        EntityTag tag = tag(version, notices, uri);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        if (unchanged != null) {
            return unchanged.header("Cache-Control", "no-cache").build();
        }
        List<SourceSales> known = sales.sources(version);
        if (known.isEmpty()) {
            return page(Templates.empty(sources, version, config.pollInterval().toMillis()), tag);
        }
        if (source != null && hasNoSale(source.strip(), known)) {
            List<SourceFreshness> requested =
                    sources.stream().filter(s -> s.source.equals(source.strip())).toList();
            if (!requested.isEmpty()) {
                return page(
                        Templates.empty(requested, version, config.pollInterval().toMillis()), tag);
            }
        }
        Categories categories = sales.categories(version);
        SalesFilter.Parameters given =
                new SalesFilter.Parameters(from, to, range, category, source, currency);
        return switch (SalesFilter.read(given, known, categories)) {
            case Outcome.Unusable(List<Mistake> mistakes) ->
                    Response.status(Response.Status.BAD_REQUEST)
                            .type(HTML)
                            .entity(Templates.mistakes(mistakes).render())
                            .build();
            case Outcome.Usable(SalesFilter filter) ->
                    page(
                            Templates.sales(
                                    view(filter, known, categories, sources, notices, version)),
                            tag);
        };
    }

    private static boolean hasNoSale(String source, List<SourceSales> known) {
        return known.stream().noneMatch(sold -> sold.source().equals(source));
    }

    private View view(
            SalesFilter filter,
            List<SourceSales> known,
            Categories categories,
            List<SourceFreshness> allSources,
            List<Notice> notices,
            String version) {
        List<SourceFreshness> inScope =
                allSources.stream()
                        .filter(source -> filter.scope().sources().contains(source.source))
                        .toList();
        List<RunId> lastRuns = inScope.stream().map(source -> new RunId(source.lastRunId)).toList();
        List<String> all = categories.of(filter.scope().sources(), filter.category());
        List<String> choice = choice(all, filter.category());
        return new View(
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
                sales.figures(filter, version),
                inScope,
                notices.stream()
                        .filter(notice -> filter.scope().sources().contains(notice.source()))
                        .toList(),
                RunTotals.of(ledger.read(reader -> reader.streams(lastRuns))),
                QuarantinedRow.stillOut(filter.scope().sources()),
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

    private static Response page(TemplateInstance page, EntityTag tag) {
        return Response.ok(page.render(), HTML)
                .tag(tag)
                .header("Cache-Control", "no-cache")
                .build();
    }

    /**
     * Includes the notices, which depend on the time: the page may change although the warehouse
     * does not.
     */
    private static EntityTag tag(String version, List<Notice> notices, UriInfo uri) {
        String content =
                String.join(
                        "\n", STARTED, version, notices.toString(), uri.getRequestUri().toString());
        return new EntityTag(
                UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8)).toString(), true);
    }
}

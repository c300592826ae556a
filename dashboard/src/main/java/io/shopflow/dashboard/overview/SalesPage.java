package io.shopflow.dashboard.overview;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.shopflow.dashboard.freshness.SourceFreshness;
import io.shopflow.dashboard.ledger.RunTotals;
import io.shopflow.dashboard.sales.Change;
import io.shopflow.dashboard.sales.FilteredPages;
import io.shopflow.dashboard.sales.Grain;
import io.shopflow.dashboard.sales.Money;
import io.shopflow.dashboard.sales.PageContext;
import io.shopflow.dashboard.sales.SalesFigures;
import io.shopflow.dashboard.sales.SalesFigures.Earlier;
import io.shopflow.dashboard.sales.SalesFilter;
import io.shopflow.dashboard.sales.SalesOverTime;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Sales by product, customer and region, and profit: the first page for analysts. */
@Path("/")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
public class SalesPage {
    private final FilteredPages pages;
    private final Overview overview;

    SalesPage(FilteredPages pages, Overview overview) {
        this.pages = pages;
        this.overview = overview;
    }

    /**
     * The content of the page.
     *
     * @param quality ledger of the sources' last runs, added up
     * @param stillOut rejected rows of all the sources' runs that no later run has loaded
     */
    public record View(
            PageContext context,
            SalesFigures figures,
            SalesOverTime overTime,
            RunTotals quality,
            long stillOut) {
        /** Whether any of the last runs is not closed yet. */
        public boolean isReading() {
            return context.freshness().stream().anyMatch(SourceFreshness::isRunning);
        }

        /** The grains of sales over time to choose from. */
        public List<Grain> grains() {
            return List.of(Grain.values());
        }

        /** The page's address with sales over time by another grain. */
        public String grainLink(Grain other) {
            return "/" + context.filter().withGrain(other).query() + "#over-time";
        }

        /** The most periods by day or week; a long, since Qute does not widen an int. */
        public long mostPeriods() {
            return Grain.MOST_PERIODS;
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
            return change(before -> minor(before.profit()), figures.profit().profit().minor());
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
    }

    /** The page for the URL's parameters. */
    @GET
    @Transactional
    public Response sales(@BeanParam SalesFilter.Parameters filter) {
        return pages.page("sales", filter, context -> Templates.sales(overview.view(context)));
    }
}

package io.shopflow.dashboard.overview;

import io.shopflow.dashboard.api.Answer;
import io.shopflow.dashboard.api.Answers;
import io.shopflow.dashboard.overview.SalesPage.View;
import io.shopflow.dashboard.sales.Change;
import io.shopflow.dashboard.sales.Money;
import io.shopflow.dashboard.sales.ProductKey;
import io.shopflow.dashboard.sales.SalesChanges;
import io.shopflow.dashboard.sales.SalesFigures;
import io.shopflow.dashboard.sales.SalesFigures.Average;
import io.shopflow.dashboard.sales.SalesFilter;
import io.shopflow.dashboard.sales.SalesOverTime;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The figures of the page of sales as JSON. */
@Path("/api/v1/overview")
@Produces(MediaType.APPLICATION_JSON)
public class OverviewApi {
    private static final List<String> DEFINED =
            List.of(
                    "net",
                    "orders",
                    "aov",
                    "spend",
                    "customers",
                    "profit",
                    "churn",
                    "quality",
                    "over-time",
                    "changes");

    private final Answers answers;
    private final Overview overview;

    OverviewApi(Answers answers, Overview overview) {
        this.answers = answers;
        this.overview = overview;
    }

    /** What the page of sales shows. */
    @Schema(name = "Overview", description = "What the page of sales shows.")
    public record Figures(
            Totals totals,
            @Schema(
                            description =
                                    "The days that the range is compared with: as many before it as"
                                            + " it has days of the data, or the same days a year"
                                            + " earlier; null if the data does not reach back that"
                                            + " far, or the range is longer than the year.",
                            nullable = true)
                    @Nullable Earlier previous,
            Changes changes,
            ChurnCounts leaving,
            Rejected rejected,
            @Schema(description = "Every month that the range has a day of.") List<Month> months,
            OverTime overTime,
            @Schema(description = "Regions with the highest net sales.") List<Region> regions,
            @Schema(description = "All other regions together.") OtherRegions otherRegions,
            Products products) {
        static Figures of(View view) {
            SalesFigures figures = view.figures();
            SalesChanges changes = figures.changes();
            return new Figures(
                    Totals.of(figures),
                    figures.previous() == null
                            ? null
                            : Earlier.of(figures.previous(), view.context().filter()),
                    new Changes(
                            percent(view.netChange()),
                            percent(view.orderChange()),
                            percent(view.averageOrderChange()),
                            percent(view.averageSpendChange()),
                            percent(view.customerChange()),
                            figures.profit().known() ? percent(view.profitChange()) : null,
                            changes == null ? null : Contributions.of(changes.categories()),
                            changes == null ? null : Contributions.of(changes.products()),
                            changes == null ? null : Contributions.of(changes.regions())),
                    new ChurnCounts(
                            figures.churn().customers(),
                            figures.churn().churned(),
                            figures.churn().churnDays()),
                    new Rejected(
                            view.stillOut(),
                            view.quality().rows().quarantined(),
                            view.quality().rows().extracted(),
                            view.quality().balanced()),
                    view.overTime().months().stream().map(Month::of).toList(),
                    OverTime.of(view.overTime()),
                    figures.regions().top().stream().map(Region::of).toList(),
                    OtherRegions.of(figures.regions()),
                    Products.of(figures.products()));
        }
    }

    /** The figures of the range. */
    @Schema(description = "The figures of the range.")
    public record Totals(
            long orders,
            BigInteger grossMinor,
            @Schema(description = "Discounts and refunds.") BigInteger reductionsMinor,
            BigInteger netMinor,
            @Schema(description = "Refunds of the range's orders, whenever they were made.")
                    BigInteger refundedMinor,
            @Schema(
                            description =
                                    "Refunds that were made in the range, of orders of any date;"
                                            + " null for a category.",
                            nullable = true)
                    @Nullable BigInteger refundedByRefundDateMinor,
            @Schema(
                            description =
                                    "Net sales with these refunds instead; null for a category.",
                            nullable = true)
                    @Nullable BigInteger netByRefundDateMinor,
            @Schema(description = "Null without an order that has a line.", nullable = true)
                    @Nullable BigInteger averageOrderMinor,
            @Schema(description = "Null without a known customer.", nullable = true)
                    @Nullable BigInteger averageSpendMinor,
            long customers,
            long returningCustomers,
            @Schema(description = "Orders that name no customer.") long anonymousOrders,
            @Schema(description = "Null if no unit cost is known.", nullable = true)
                    @Nullable BigInteger profitMinor,
            @Schema(description = "Net sales, without signs, of the lines whose cost is known.")
                    BigInteger coveredMinor,
            @Schema(description = "Net sales, without signs, of all lines.")
                    BigInteger comparedMinor) {
        static Totals of(SalesFigures figures) {
            SalesFigures.Headline now = figures.now();
            SalesFigures.Profit profit = figures.profit();
            return new Totals(
                    now.orders(),
                    now.gross().minor(),
                    now.reductions().minor(),
                    now.net().minor(),
                    now.refunds().byOrderDate().minor(),
                    minor(now.refunds().byRefundDate()),
                    minor(now.netByRefundDate()),
                    minor(now.perOrder()),
                    minor(now.perCustomer()),
                    now.customers(),
                    now.returning(),
                    now.anonymousOrders(),
                    profit.known() ? profit.profit().minor() : null,
                    profit.coverage().covered().minor(),
                    profit.coverage().all().minor());
        }
    }

    /** The figures of the days that the range is compared with. */
    @Schema(description = "The figures of the days that the range is compared with.")
    public record Earlier(
            LocalDate from,
            LocalDate to,
            long orders,
            BigInteger netMinor,
            @Schema(nullable = true) @Nullable BigInteger averageOrderMinor,
            @Schema(nullable = true) @Nullable BigInteger averageSpendMinor,
            long customers,
            @Schema(description = "Null if no unit cost is known.", nullable = true)
                    @Nullable BigInteger profitMinor) {
        static Earlier of(SalesFigures.Earlier before, SalesFilter filter) {
            Money profit = before.profit();
            return new Earlier(
                    filter.compared().from(),
                    filter.compared().to(),
                    before.orders(),
                    before.net().minor(),
                    minor(before.perOrder()),
                    minor(before.perCustomer()),
                    before.customers(),
                    profit == null ? null : profit.minor());
        }
    }

    /** Changes from the compared days. */
    @Schema(description = "Changes from these days; null if nothing can be compared.")
    public record Changes(
            @Schema(nullable = true) @Nullable BigDecimal netPercent,
            @Schema(nullable = true) @Nullable BigDecimal ordersPercent,
            @Schema(nullable = true) @Nullable BigDecimal averageOrderPercent,
            @Schema(nullable = true) @Nullable BigDecimal averageSpendPercent,
            @Schema(nullable = true) @Nullable BigDecimal customersPercent,
            @Schema(nullable = true) @Nullable BigDecimal profitPercent,
            @Schema(description = "What net sales changed by, by category.", nullable = true)
                    @Nullable Contributions categories,
            @Schema(description = "The same by product.", nullable = true)
                    @Nullable Contributions products,
            @Schema(description = "The same by region, of whole orders.", nullable = true)
                    @Nullable Contributions regions) {}

    /** What a change is made of. */
    @Schema(
            description =
                    "What the change of net sales is made of: the differences of top, others and"
                            + " ofNoLine add up to that of all.")
    public record Contributions(
            @Schema(description = "The largest differences, of either sign.")
                    List<Contribution> top,
            @Schema(description = "Number of others that were sold in the range or before.")
                    long otherCount,
            Compared others,
            @Schema(
                            description =
                                    "Refunds beyond what was left of lines, or of orders without"
                                            + " lines; null if there are none, and by region.",
                            nullable = true)
                    @Nullable Compared ofNoLine,
            @Schema(description = "Net sales as in totals and previous.") Compared all) {
        static Contributions of(SalesChanges.Contributions changes) {
            SalesChanges.Compared ofNoLine = changes.ofNoLine();
            return new Contributions(
                    changes.top().stream().map(Contribution::of).toList(),
                    changes.otherCount(),
                    Compared.of(changes.others()),
                    ofNoLine == null ? null : Compared.of(ofNoLine),
                    Compared.of(changes.all()));
        }
    }

    /** A part of a change. */
    @Schema(description = "A category, product or region, and its net sales.")
    public record Contribution(
            String name,
            @Schema(
                            description =
                                    "The category of a product, the country of a region; empty for"
                                            + " a category.")
                    String group,
            @Schema(description = "Of a product, unless the shop has deleted it.", nullable = true)
                    @Nullable String source,
            @Schema(description = "Of a product, unless the shop has deleted it.", nullable = true)
                    @Nullable String id,
            Compared net) {
        static Contribution of(SalesChanges.Contribution one) {
            ProductKey key = one.key();
            return new Contribution(
                    one.name(),
                    one.group(),
                    key == null ? null : key.source(),
                    key == null ? null : key.id(),
                    Compared.of(one.net()));
        }
    }

    /** Net sales of two periods. */
    @Schema(description = "Net sales of the compared days and of the range.")
    public record Compared(
            BigInteger beforeMinor, BigInteger nowMinor, BigInteger differenceMinor) {
        static Compared of(SalesChanges.Compared net) {
            return new Compared(net.before().minor(), net.now().minor(), net.difference().minor());
        }
    }

    /** Customers who stopped ordering. */
    @Schema(
            name = "Leaving",
            description = "Customers who stopped ordering, whatever the range and category.")
    public record ChurnCounts(
            long customers,
            long churned,
            @Schema(description = "Days without an order after which a customer has churned.")
                    int churnDays) {}

    /** Rows that are not in the figures. */
    @Schema(description = "Rows that are not in the figures.")
    public record Rejected(
            @Schema(description = "Of all runs, those that no later run has loaded or replaced.")
                    long stillOut,
            @Schema(description = "Rejected by the last run of each source.") long ofLastRuns,
            @Schema(description = "Read by the last run of each source.") long readByLastRuns,
            @Schema(description = "Whether the last runs balance.") boolean balanced) {}

    /** A month of the range. */
    @Schema(description = "A month, or the part of it within the range and the data.")
    public record Month(
            @Schema(implementation = String.class, description = "As YYYY-MM.") YearMonth month,
            long orders,
            BigInteger grossMinor,
            BigInteger netMinor,
            @Schema(description = "Its first day here; null if it is whole.", nullable = true)
                    @Nullable LocalDate partialFrom,
            @Schema(description = "Its last day here; null if it is whole.", nullable = true)
                    @Nullable LocalDate partialTo) {
        static Month of(SalesFigures.Month month) {
            return new Month(
                    month.month(),
                    month.orders(),
                    month.gross().minor(),
                    month.net().minor(),
                    month.partialFrom(),
                    month.partialTo());
        }
    }

    /** The sales by day, week or month. */
    @Schema(
            description =
                    "Sales by day, week or month, each beside as many of the compared days at the same"
                            + " position.")
    public record OverTime(
            @Schema(
                            description =
                                    "day, week or month. Coarser than the parameter by if that would"
                                            + " be more than 400 periods.")
                    String by,
            @Schema(
                            description =
                                    "From the first day of the range or of the data to the last one,"
                                            + " including periods without sales. They add up to the"
                                            + " totals.")
                    List<Period> periods) {
        static OverTime of(SalesOverTime sales) {
            return new OverTime(
                    sales.grain().key(), sales.periods().stream().map(Period::of).toList());
        }
    }

    /** A day, week or month of the range. */
    @Schema(
            description =
                    "A day, a week from Monday or a month, or the part of it within the range and"
                            + " the data.")
    public record Period(
            LocalDate from,
            LocalDate to,
            @Schema(description = "Whether it is only a part.") boolean partial,
            long orders,
            BigInteger grossMinor,
            BigInteger netMinor,
            @Schema(
                            description =
                                    "Of the compared days at the same position; null as previous, and"
                                            + " for days after the data.",
                            nullable = true)
                    @Nullable PeriodBefore before) {
        static Period of(SalesOverTime.Period period) {
            SalesOverTime.Before before = period.before();
            return new Period(
                    period.days().from(),
                    period.days().to(),
                    period.partial(),
                    period.orders(),
                    period.gross().minor(),
                    period.net().minor(),
                    before == null
                            ? null
                            : new PeriodBefore(
                                    before.days().from(),
                                    before.days().to(),
                                    before.net().minor()));
        }
    }

    /** Net sales of the days that a period is compared with. */
    @Schema(description = "Net sales of the days that a period is compared with.")
    public record PeriodBefore(LocalDate from, LocalDate to, BigInteger netMinor) {}

    /** Sales of a region. */
    @Schema(description = "Sales of a region, by the order's shipping address.")
    public record Region(String country, String region, long orders, BigInteger netMinor) {
        /** Of the page's. */
        public static Region of(SalesFigures.Region region) {
            return new Region(
                    region.country(), region.region(), region.orders(), region.net().minor());
        }
    }

    /** Several regions. */
    @Schema(description = "Several regions together.")
    public record OtherRegions(long regions, long orders, BigInteger netMinor) {
        /** Of the page's. */
        public static OtherRegions of(SalesFigures.Regions regions) {
            return new OtherRegions(
                    regions.otherCount(), regions.otherOrders(), regions.otherNet().minor());
        }
    }

    /** Rankings of products. */
    @Schema(name = "Rankings", description = "Rankings of the products that were sold.")
    public record Products(
            List<RankedProduct> mostBought,
            List<RankedProduct> leastBought,
            List<RankedProduct> mostProfitable,
            @Schema(description = "Products sold in the range.") long sold,
            @Schema(description = "Products of the catalogue today.") long catalogue,
            @Schema(description = "Of these, those not sold in the range.") long unsold) {
        static Products of(SalesFigures.Products products) {
            return new Products(
                    products.most().stream().map(RankedProduct::of).toList(),
                    products.least().stream().map(RankedProduct::of).toList(),
                    products.profitable().stream().map(RankedProduct::of).toList(),
                    products.sold(),
                    products.catalogue(),
                    products.unsold());
        }
    }

    /** A product of a ranking. */
    @Schema(description = "A product of a ranking.")
    public record RankedProduct(
            @Schema(description = "Null if the shop has deleted it.", nullable = true)
                    @Nullable String source,
            @Schema(description = "Null if the shop has deleted it.", nullable = true)
                    @Nullable String id,
            String name,
            String category,
            BigDecimal units,
            BigInteger netMinor,
            @Schema(description = "Null if no unit cost is known.", nullable = true)
                    @Nullable BigInteger profitMinor,
            BigInteger coveredMinor,
            BigInteger comparedMinor) {
        static RankedProduct of(SalesFigures.Product product) {
            ProductKey key = product.key();
            Money profit = product.profit();
            return new RankedProduct(
                    key == null ? null : key.source(),
                    key == null ? null : key.id(),
                    product.name(),
                    product.category(),
                    product.units(),
                    product.net().minor(),
                    minor(profit),
                    product.coverage().covered().minor(),
                    product.coverage().all().minor());
        }
    }

    private static @Nullable BigInteger minor(@Nullable Money money) {
        return money == null ? null : money.minor();
    }

    private static @Nullable BigInteger minor(Average average) {
        Money value = average.value();
        return value == null ? null : value.minor();
    }

    private static @Nullable BigDecimal percent(@Nullable Change change) {
        return change == null ? null : change.percent();
    }

    /** The figures for the parameters. */
    @GET
    @Transactional
    @Operation(operationId = "overview", summary = "Sales, orders, customers and profit")
    public RestResponse<Answer<Figures>> overview(@BeanParam SalesFilter.Parameters filter) {
        return answers.of("/", DEFINED, filter, context -> Figures.of(overview.view(context)));
    }
}

package io.shopflow.dashboard.customers;

import io.shopflow.dashboard.api.Answer;
import io.shopflow.dashboard.api.Answers;
import io.shopflow.dashboard.sales.Churn;
import io.shopflow.dashboard.sales.FilteredRequests;
import io.shopflow.dashboard.sales.Money;
import io.shopflow.dashboard.sales.SalesFilter;
import io.shopflow.dashboard.sales.Spending;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The figures of the pages of customers as JSON. Nothing here names a person. */
@Path("/api/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
public class CustomersApi {
    private final Answers answers;
    private final CustomerQueries customers;
    private final CustomerOrders orders;
    private final CustomerReads reads;

    CustomersApi(
            Answers answers,
            CustomerQueries customers,
            CustomerOrders orders,
            CustomerReads reads) {
        this.answers = answers;
        this.customers = customers;
        this.orders = orders;
        this.reads = reads;
    }

    /** What the page of customers shows. */
    @Schema(name = "Customers", description = "What the page of customers shows.")
    public record Figures(
            Spent spending,
            ChurnCounts leaving,
            @Schema(description = "Segments that have customers, of all time.")
                    List<SegmentSales> segments,
            @Schema(description = "By the month of the first order, the newest first.")
                    List<Cohort> cohorts,
            @Schema(description = "Months with a day in the range, each as a whole.")
                    List<Month> months,
            @Schema(description = "Who spent most, of all time.") List<Listed> top,
            @Schema(description = "Who spent most of those newly at risk.")
                    List<Listed> newlyAtRisk,
            @Schema(description = "Who spent most of those who have left.") List<Listed> churned) {
        static Figures of(CustomerFigures figures) {
            return new Figures(
                    Spent.of(figures.spending()),
                    ChurnCounts.of(figures.churn()),
                    figures.segments().rows().stream().map(SegmentSales::of).toList(),
                    figures.retention().cohorts().stream().map(Cohort::of).toList(),
                    figures.months().stream().map(Month::of).toList(),
                    figures.top().stream().map(Listed::of).toList(),
                    figures.atRisk().stream().map(Listed::of).toList(),
                    figures.churned().stream().map(Listed::of).toList());
        }
    }

    /** The customers of the range. */
    @Schema(name = "Spending", description = "The customers of the range, and what they spent.")
    public record Spent(
            long customers,
            long returningCustomers,
            @Schema(description = "Null without a known customer.", nullable = true)
                    @Nullable BigInteger averageSpendMinor,
            @Schema(
                            description =
                                    "Of the days that the range is compared with; null if none.",
                            nullable = true)
                    @Nullable Long previousCustomers,
            @Schema(
                            description =
                                    "Of the days that the range is compared with; null if none.",
                            nullable = true)
                    @Nullable BigInteger previousAverageSpendMinor) {
        static Spent of(Spending spending) {
            Spending.Earlier before = spending.previous();
            return new Spent(
                    spending.customers(),
                    spending.returning(),
                    minor(spending.perCustomer().value()),
                    before == null ? null : before.customers(),
                    before == null ? null : minor(before.perCustomer().value()));
        }
    }

    /** Customers by the days since their last order. */
    @Schema(name = "Churn", description = "Customers by the days since their last order.")
    public record ChurnCounts(
            long customers, long newlyAtRisk, long churned, int riskDays, int churnDays) {
        static ChurnCounts of(Churn churn) {
            return new ChurnCounts(
                    churn.customers(),
                    churn.atRisk(),
                    churn.churned(),
                    churn.riskDays(),
                    churn.churnDays());
        }
    }

    /** Customers of a segment. */
    @Schema(description = "Customers of a segment, and what they spent at any time.")
    public record SegmentSales(
            String segment, String meaning, long customers, BigInteger netMinor) {
        static SegmentSales of(CustomerFigures.SegmentSales row) {
            return new SegmentSales(
                    row.segment().label(),
                    row.segment().meaning(),
                    row.customers(),
                    row.spent().minor());
        }
    }

    /** Customers by the month of their first order. */
    @Schema(description = "Customers by the month of their first order.")
    public record Cohort(
            @Schema(implementation = String.class, description = "As YYYY-MM.") YearMonth month,
            long customers,
            List<Active> later) {
        static Cohort of(Retention.Cohort cohort) {
            return new Cohort(
                    cohort.month(),
                    cohort.customers(),
                    cohort.cells().stream().filter(Objects::nonNull).map(Active::of).toList());
        }
    }

    /** What a cohort did in a month. */
    @Schema(description = "Customers of a cohort with an order in a later month.")
    public record Active(
            @Schema(implementation = String.class, description = "As YYYY-MM.") YearMonth month,
            int monthsSince,
            long customers,
            @Schema(description = "Whether the data end before the month does.") boolean partial) {
        static Active of(Retention.Cell cell) {
            return new Active(cell.month(), cell.monthsSince(), cell.active(), cell.partial());
        }
    }

    /** Sales of a month. */
    @Schema(
            name = "CustomerMonth",
            description = "Sales of a month to new, returning and unknown customers.")
    public record Month(
            @Schema(implementation = String.class, description = "As YYYY-MM.") YearMonth month,
            long newCustomers,
            BigInteger newNetMinor,
            long returningCustomers,
            BigInteger returningNetMinor,
            long unknownOrders,
            BigInteger unknownNetMinor,
            @Schema(
                            description =
                                    "The newest day in the data if the month is not over then.",
                            nullable = true)
                    @Nullable LocalDate until) {
        static Month of(CustomerFigures.Month month) {
            return new Month(
                    month.month(),
                    month.newCustomers(),
                    month.newNet().minor(),
                    month.returningCustomers(),
                    month.returningNet().minor(),
                    month.unknownOrders(),
                    month.unknownNet().minor(),
                    month.until());
        }
    }

    /** A customer of a list. */
    @Schema(name = "ListedCustomer", description = "A customer, by the shop's id or a pseudonym.")
    public record Listed(
            String source,
            String id,
            long orders,
            BigInteger netMinor,
            LocalDate since,
            LocalDate lastOrder,
            long daysSince) {
        static Listed of(CustomerFigures.Customer customer) {
            return new Listed(
                    customer.source(),
                    customer.id(),
                    customer.orders(),
                    customer.spent().minor(),
                    customer.since(),
                    customer.lastOrder(),
                    customer.daysSince());
        }
    }

    /** A customer. */
    @Schema(name = "Customer", description = "What the page of a customer shows.")
    public record Single(
            String source,
            String id,
            @Schema(
                            description = "Of all time; null without an order in the currency.",
                            nullable = true)
                    @Nullable Value value,
            @Schema(description = "Other currencies of the customer's orders.")
                    List<String> otherCurrencies,
            @Schema(description = "Segments of the newest months, the last one first.")
                    List<Standing> segments,
            @Schema(description = "All orders of the range.") OrderSums range,
            @Schema(description = "A page of these, the newest first.") List<Order> orders,
            long page,
            long pages,
            @Schema(description = "What was bought most in the range.") List<Bought> products) {
        static Single of(CustomerKey key, CustomerHistory history) {
            CustomerHistory.Value value = history.value();
            return new Single(
                    key.source(),
                    key.id(),
                    value == null ? null : Value.of(value),
                    history.otherCurrencies(),
                    history.standings().stream().map(Standing::of).toList(),
                    OrderSums.of(history.range()),
                    history.orders().stream().map(Order::of).toList(),
                    history.page(),
                    history.pages(),
                    history.products().stream().map(Bought::of).toList());
        }
    }

    /** The value of a customer. */
    @Schema(name = "CustomerValue", description = "The value of a customer, of all time.")
    public record Value(
            BigInteger netMinor,
            long orders,
            @Schema(description = "Null without an order that has a line.", nullable = true)
                    @Nullable BigInteger averageOrderMinor,
            LocalDate firstOrder,
            LocalDate lastOrder,
            @Schema(description = "The first order in any currency.") LocalDate since,
            @Schema(description = "Since the last order in any currency.") long daysSince,
            boolean churned,
            boolean newlyAtRisk) {
        static Value of(CustomerHistory.Value value) {
            return new Value(
                    value.spent().minor(),
                    value.orders(),
                    minor(value.perOrder()),
                    value.firstOrder(),
                    value.lastOrder(),
                    value.since(),
                    value.daysSince(),
                    value.churned(),
                    value.atRisk());
        }
    }

    /** The segment of a customer. */
    @Schema(
            name = "CustomerSegment",
            description =
                    "The segment that the customer would have among all customers of today, by what"
                            + " it had ordered by the end of the month.")
    public record Standing(
            @Schema(implementation = String.class, description = "As YYYY-MM.") YearMonth month,
            @Schema(
                            description =
                                    "The newest day in the data if the month is not over then.",
                            nullable = true)
                    @Nullable LocalDate until,
            String segment,
            int recency,
            int frequency,
            int monetary,
            long daysSince,
            long orders,
            BigInteger netMinor) {
        static Standing of(CustomerHistory.Standing at) {
            return new Standing(
                    at.month(),
                    at.until(),
                    at.segment().label(),
                    at.recency(),
                    at.frequency(),
                    at.monetary(),
                    at.days(),
                    at.orders(),
                    at.spent().minor());
        }
    }

    /** Sums of orders. */
    @Schema(description = "Sums of orders.")
    public record OrderSums(
            long orders,
            BigInteger grossMinor,
            BigInteger discountMinor,
            BigInteger refundedMinor,
            BigInteger netMinor) {
        static OrderSums of(CustomerHistory.Orders orders) {
            return new OrderSums(
                    orders.orders(),
                    orders.gross().minor(),
                    orders.discount().minor(),
                    orders.refunded().minor(),
                    orders.net().minor());
        }
    }

    /** An order. */
    @Schema(description = "An order that counts as a sale.")
    public record Order(
            String id,
            LocalDate day,
            String status,
            BigDecimal units,
            BigDecimal unitsReturned,
            BigInteger grossMinor,
            BigInteger discountMinor,
            BigInteger refundedMinor,
            BigInteger netMinor) {
        static Order of(CustomerHistory.Order order) {
            return new Order(
                    order.id(),
                    order.day(),
                    order.status(),
                    order.units(),
                    order.returned(),
                    order.gross().minor(),
                    order.discount().minor(),
                    order.refunded().minor(),
                    order.net().minor());
        }
    }

    /** What the customer bought of a product. */
    @Schema(description = "What the customer bought of a product.")
    public record Bought(
            @Schema(description = "Null if the shop has deleted it.", nullable = true)
                    @Nullable String id,
            String name,
            BigDecimal units,
            long orders,
            BigInteger netMinor) {
        static Bought of(CustomerHistory.Bought bought) {
            return new Bought(
                    bought.key() == null ? null : bought.key().id(),
                    bought.name(),
                    bought.units(),
                    bought.orders(),
                    bought.net().minor());
        }
    }

    private static @Nullable BigInteger minor(@Nullable Money money) {
        return money == null ? null : money.minor();
    }

    /** The figures for the parameters. */
    @GET
    @Transactional
    @Operation(operationId = "customers", summary = "Segments, cohorts and churn")
    public RestResponse<Answer<Figures>> customers(
            @BeanParam SalesFilter.Parameters filter, @RestQuery @Nullable String cohorts) {
        return answers.of(
                "/customers",
                List.of(
                        "customers",
                        "spend",
                        "returning",
                        "leaving",
                        "segments",
                        "cohorts",
                        "months",
                        "lists"),
                filter,
                mistakes -> CustomersPage.CohortChoice.read(cohorts, mistakes),
                (context, chosen) -> Figures.of(customers.figures(context, chosen.months())));
    }

    /** The customer for the parameters. */
    @GET
    @Path("{source}/{id}")
    @Transactional
    @Operation(operationId = "customer", summary = "A customer's orders, value and segments")
    public RestResponse<Answer<Single>> customer(
            @PathParam("source") String source,
            @PathParam("id") String id,
            @BeanParam SalesFilter.Parameters filter,
            @RestQuery @Nullable String page) {
        CustomerKey key = reads.known(source, id);
        return answers.of(
                key.path(),
                List.of("spent", "aov", "last", "segment", "standings"),
                filter.withSource(source),
                mistakes -> FilteredRequests.pageNumber(page, mistakes),
                (context, number) -> Single.of(key, orders.history(key, context, number)));
    }
}

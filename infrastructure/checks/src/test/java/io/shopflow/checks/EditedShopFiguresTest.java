package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.shop.api.ShopServer;
import io.shopflow.shop.world.Books.BookedLine;
import io.shopflow.shop.world.Books.BookedOrder;
import io.shopflow.shop.world.Books.BookedRefund;
import io.shopflow.shop.world.Books.RefundedLine;
import io.shopflow.shop.world.RandomEdits;
import io.shopflow.shop.world.Shop;
import io.shopflow.shop.world.ShopPlan;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does to a shop what people do to shops, in an order that a seed decides, and after each step
 * compares the figures in the warehouse with an independent computation from the shop's own books.
 */
class EditedShopFiguresTest {

    private static final int STEPS = Integer.getInteger("shopflow.edits", 12);
    private static final long SEED = Long.getLong("shopflow.seed", 20_260_601L);

    @TempDir Path folder;

    @Test
    void afterEachEditTheFiguresAreWhatTheShopsOwnBooksSay() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Shop shop = Shop.open(ShopPlan.of(31, 40, 20, 250, now, Duration.ZERO), Instant::now);
        Path sources = Files.createDirectories(folder.resolve("edited/sources"));
        RandomEdits edits = new RandomEdits(shop, SEED);
        Truth truth = new Truth(shop);
        try (ShopServer server = ShopServer.start(0, shop);
                LaptopStack stack = new LaptopStack(folder.resolve("edited"))) {
            Files.writeString(
                    sources.resolve("edited.yaml"),
                    "kind: woocommerce\nurl: %s\nkey: %s\nsecret: %s\n"
                            .formatted(
                                    server.uri(), ShopServer.READ_KEY, ShopServer.CONSUMER_SECRET));
            stack.command("up", "--detach", "--no-demo", "--port", "0");
            for (int step = 0; step <= STEPS; step++) {
                String done = step == 0 ? "nothing yet" : edits.next();
                truth.see();
                stack.command("run", "--source", "edited");
                try (Connection database = stack.database()) {
                    assertThat(Figures.of(database))
                            .as("seed %d, step %d: %s", SEED, step, done)
                            .isEqualTo(truth.figures(shop.zone()));
                }
            }
        }
    }

    // ------------------------------------------------------------------ what is right

    /** The figures of the shop's books, by the definitions of the page on figures. */
    private static final class Truth {
        private final Shop shop;

        /** By line: its cost, and the units that this was the cost of. */
        private final Map<Long, long[]> firstCosts = new HashMap<>();

        Truth(Shop shop) {
            this.shop = shop;
        }

        /** Remembers the costs that a run sees first. */
        void see() {
            for (BookedOrder order : shop.books()) {
                for (BookedLine line : order.lines()) {
                    // A shop reports costs in its own currency, whatever the order's is.
                    if (line.cost() > 0 && order.currency().equals("GBP")) {
                        firstCosts.putIfAbsent(
                                line.id(), new long[] {line.cost(), line.quantity()});
                    }
                }
            }
        }

        Figures figures(ZoneId zone) {
            Figures figures = new Figures();
            for (BookedOrder order : shop.books()) {
                if (order.state().isPaid()) {
                    add(order, zone, figures);
                }
            }
            return figures;
        }

        private void add(BookedOrder order, ZoneId zone, Figures figures) {
            long goods = order.lines().stream().mapToLong(BookedLine::net).sum();
            long gross = order.lines().stream().mapToLong(BookedLine::gross).sum();
            Map<Long, long[]> returned = new HashMap<>();
            long ofLines = 0;
            long ofOrder = 0;
            long other = 0;
            for (BookedRefund refund : order.refunds()) {
                long explained = refund.fees() + refund.shipping() + refund.tax();
                other += explained;
                for (RefundedLine line : refund.lines()) {
                    long[] sum = returned.computeIfAbsent(line.lineId(), id -> new long[2]);
                    sum[0] += line.net();
                    sum[1] += line.quantity();
                    ofLines += line.net();
                    explained += line.net();
                }
                ofOrder += refund.amount() - explained;
            }
            long goodsOfAmounts =
                    ofOrder == 0
                            ? 0
                            : order.total() > 0 && ofOrder + ofLines + other == order.total()
                                    ? Math.max(goods - ofLines, 0)
                                    : order.total() > 0
                                            ? share(ofOrder, goods, order.total())
                                            : ofOrder;
            long refunded = ofLines + goodsOfAmounts;
            String month = YearMonth.from(order.orderedAt().atZone(zone)).toString();
            figures.orders.put(
                    Long.toString(order.id()),
                    "%s %s gross %d net %d refunded %d fees %d shipping %d tax %d kept %d"
                            .formatted(
                                    order.currency(),
                                    month,
                                    gross,
                                    goods - refunded,
                                    refunded,
                                    order.fees(),
                                    order.shipping(),
                                    order.tax(),
                                    order.total() - ofLines - ofOrder - other));
            boolean all =
                    refunded > 0 && refunded >= goods
                            || order.total() > 0 && ofOrder + ofLines + other >= order.total();
            lines(order, returned, refunded - ofLines, all, figures);
            byRefundDate(order, zone, goods, ofLines, refunded, figures);
        }

        private void lines(
                BookedOrder order,
                Map<Long, long[]> returned,
                long ofNoLine,
                boolean all,
                Figures figures) {
            List<BookedLine> inOrder =
                    order.lines().stream()
                            .sorted(Comparator.comparing(line -> Long.toString(line.id())))
                            .toList();
            long allLeft = 0;
            for (BookedLine line : inOrder) {
                allLeft += Math.max(0, line.net() - of(returned, line, 0));
            }
            long spread = Math.min(ofNoLine, allLeft);
            long running = 0;
            for (BookedLine line : inOrder) {
                long left = Math.max(0, line.net() - of(returned, line, 0));
                long part =
                        share(spread, running + left, allLeft) - share(spread, running, allLeft);
                running += left;
                long net = line.net() - of(returned, line, 0) - part;
                long units =
                        all
                                ? Math.max(line.quantity(), of(returned, line, 1))
                                : of(returned, line, 1);
                long kept = Math.max(0, line.quantity() - units);
                long[] cost = firstCosts.get(line.id());
                figures.lines.put(
                        Long.toString(line.id()),
                        "%s net %d units %d returned %d profit %s"
                                .formatted(
                                        line.category().replace("&amp;", "&"),
                                        net,
                                        line.quantity(),
                                        units,
                                        cost == null
                                                ? "unknown"
                                                : Long.toString(
                                                        net - share(cost[0], kept, cost[1]))));
            }
        }

        private static long of(Map<Long, long[]> returned, BookedLine line, int what) {
            return returned.getOrDefault(line.id(), new long[2])[what];
        }

        private void byRefundDate(
                BookedOrder order,
                ZoneId zone,
                long goods,
                long ofLines,
                long refunded,
                Figures figures) {
            List<BookedRefund> amounts = new ArrayList<>();
            for (BookedRefund refund : order.refunds()) {
                long net = refund.lines().stream().mapToLong(RefundedLine::net).sum();
                if (net != 0) {
                    figures.refunded(order.currency(), month(refund, zone), net);
                }
                if (restOf(refund) != 0) {
                    amounts.add(refund);
                }
            }
            amounts.sort(
                    Comparator.comparing(BookedRefund::at)
                            .thenComparing(refund -> Long.toString(refund.id())));
            long running = 0;
            for (BookedRefund refund : amounts) {
                long before = order.total() > 0 ? share(running, goods, order.total()) : running;
                running += restOf(refund);
                long after =
                        refund.id() == amounts.getLast().id()
                                ? refunded - ofLines
                                : share(running, goods, order.total());
                figures.refunded(order.currency(), month(refund, zone), after - before);
            }
        }

        private static long restOf(BookedRefund refund) {
            return refund.amount()
                    - refund.fees()
                    - refund.shipping()
                    - refund.tax()
                    - refund.lines().stream().mapToLong(RefundedLine::net).sum();
        }

        private static String month(BookedRefund refund, ZoneId zone) {
            return YearMonth.from(refund.at().atZone(zone)).toString();
        }

        /** amount × part / whole, rounded half away from zero. */
        private static long share(long amount, long part, long whole) {
            return whole == 0
                    ? 0
                    : new BigDecimal(BigInteger.valueOf(amount).multiply(BigInteger.valueOf(part)))
                            .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP)
                            .longValueExact();
        }
    }

    // ------------------------------------------------------------------ what the warehouse has

    private static final class Figures {

        /** Net sales by whatever they are summed up, and what is kept by its parts. */
        private static final String IDENTITIES =
                """
                with orders as (
                    select
                        currency,
                        sum(net_minor) as net_minor,
                        sum(net_minor) filter (where customer_id is not null) as of_customers_minor,
                        sum(kept_minor) as kept_minor
                    from analytics.sales_orders
                    where source = 'edited'
                    group by currency
                ),
                sums as (
                    select 'products and the rest' as name, currency, sum(net_minor) as found_minor
                    from (
                        select source, currency, net_minor from analytics.product_sales
                        union all
                        select source, currency, net_minor from analytics.unallocated_sales
                    ) as parts
                    where source = 'edited'
                    group by currency
                    union all
                    select 'categories and the rest', currency, sum(net_minor)
                    from (
                        select source, currency, net_minor from analytics.category_sales
                        union all
                        select source, currency, net_minor from analytics.unallocated_sales
                    ) as parts
                    where source = 'edited'
                    group by currency
                    union all
                    select 'months', currency, sum(net_minor)
                    from analytics.sales_monthly
                    where source = 'edited'
                    group by currency
                    union all
                    select 'months of refunds', currency, sum(net_minor)
                    from analytics.sales_monthly_by_refund_date
                    where source = 'edited'
                    group by currency
                    union all
                    select 'regions', currency, sum(net_minor)
                    from analytics.region_sales
                    where source = 'edited'
                    group by currency
                    union all
                    select 'customers', currency, sum(spent_minor)
                    from analytics.customer_value
                    where source = 'edited'
                    group by currency
                    union all
                    select 'goods, fees, shipping and tax less refunds', currency,
                        sum(net_minor + fees_minor + shipping_minor + tax_minor - refunded_other_minor)
                    from analytics.sales_monthly
                    where source = 'edited'
                    group by currency
                )
                select name, currency, found_minor, expected_minor
                from (
                    select
                        sums.name,
                        orders.currency,
                        sums.found_minor,
                        case
                            when sums.name = 'customers' then orders.of_customers_minor
                            when sums.name like 'goods%' then orders.kept_minor
                            else orders.net_minor
                        end as expected_minor
                    from orders
                    left join sums using (currency)
                ) as compared
                where found_minor is distinct from expected_minor
                """;

        private final Map<String, String> orders = new TreeMap<>();
        private final Map<String, String> lines = new TreeMap<>();
        private final Map<String, Long> refundsByTheirDate = new TreeMap<>();

        void refunded(String currency, String month, long goods) {
            refundsByTheirDate.merge(currency + " " + month, goods, Long::sum);
            refundsByTheirDate.values().removeIf(sum -> sum == 0);
        }

        static Figures of(Connection database) throws SQLException {
            Figures figures = new Figures();
            try (Statement statement = database.createStatement()) {
                try (ResultSet rows =
                        statement.executeQuery(
                                "select order_id, format('%s %s gross %s net %s refunded %s fees %s shipping %s tax %s kept %s', currency, to_char(business_date, 'YYYY-MM'), gross_minor, net_minor, refunded_minor, fees_minor, shipping_minor, tax_minor, kept_minor) from analytics.sales_orders where source = 'edited'")) {
                    while (rows.next()) {
                        figures.orders.put(rows.getString(1), rows.getString(2));
                    }
                }
                try (ResultSet rows =
                        statement.executeQuery(
                                "select order_item_id, format('%s net %s units %s returned %s profit %s', category, net_minor, units, units_returned, coalesce(profit_minor::text, 'unknown')) from analytics.sales_items where source = 'edited'")) {
                    while (rows.next()) {
                        figures.lines.put(rows.getString(1), rows.getString(2));
                    }
                }
                try (ResultSet rows =
                        statement.executeQuery(
                                "select currency, to_char(month, 'YYYY-MM'), refunded_minor from analytics.sales_monthly_by_refund_date where source = 'edited'")) {
                    while (rows.next()) {
                        figures.refunded(rows.getString(1), rows.getString(2), rows.getLong(3));
                    }
                }
                List<String> differences = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery(IDENTITIES)) {
                    while (rows.next()) {
                        differences.add(
                                "%s %s: %s instead of %s"
                                        .formatted(
                                                rows.getString(1),
                                                rows.getString(2),
                                                rows.getString(3),
                                                rows.getString(4)));
                    }
                }
                assertThat(differences).isEmpty();
            }
            return figures;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Figures figures && toString().equals(figures.toString());
        }

        @Override
        public int hashCode() {
            return toString().hashCode();
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            orders.forEach((id, figure) -> text.append("order " + id + ": " + figure + "\n"));
            lines.forEach((id, figure) -> text.append("line " + id + ": " + figure + "\n"));
            refundsByTheirDate.forEach(
                    (month, sum) -> text.append("refunds in " + month + ": " + sum + "\n"));
            return text.toString();
        }
    }
}

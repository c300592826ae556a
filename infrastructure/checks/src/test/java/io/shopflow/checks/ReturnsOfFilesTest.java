package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random sales and returns, written as three kinds of exports, have the figures of the lists that
 * made them, by the date of the order and by that of the refund. Another run: {@code
 * -Dshopflow.seed=…}, {@code -Dshopflow.returns.shops=…}.
 */
class ReturnsOfFilesTest {

    private static final int SHOPS = Integer.getInteger("shopflow.returns.shops", 3);
    private static final long SEED = Long.getLong("shopflow.seed", 20_261_129L);
    private static final ZoneId ZONE = ZoneId.of("Europe/London");

    @TempDir Path folder;

    @Test
    void returnsCountWhereTheyBelongHoweverTheyAreWritten() throws Exception {
        try (LaptopStack stack = new LaptopStack(folder.resolve("data"))) {
            stack.command("up", "--detach", "--no-demo", "--port", "0");
            Path mappings = Files.createDirectories(stack.data().resolve("sources"));
            for (int number = 0; number < SHOPS; number++) {
                Sales sales = new Sales(new Random(SEED + number));
                for (Export export : Export.values()) {
                    String source = export.mapping + "_" + number;
                    Files.copy(
                            Path.of("src/test/resources/returns", export.mapping + ".yaml"),
                            mappings.resolve(source + ".yaml"));
                    Path files = Files.createDirectories(folder.resolve(source));
                    export.write(sales, files);

                    String run =
                            stack.command("run", "--source", source, "--path", files.toString());

                    assertThat(run).contains("complete and balanced");
                    try (Connection database = stack.database()) {
                        assertThat(found(database, source, export))
                                .as("seed %d: %s", SEED + number, export)
                                .isEqualTo(sales.figures(export));
                    }
                }
            }
        }
    }

    // ------------------------------------------------------------------ what is right

    private static final class Line {
        private final Order order;
        private final int number;
        private final String product;
        private final long priceMinor;
        private final int quantity;
        private int returned;

        Line(Order order, int number, String product, long priceMinor, int quantity) {
            this.order = order;
            this.number = number;
            this.product = product;
            this.priceMinor = priceMinor;
            this.quantity = quantity;
        }

        long gross() {
            return priceMinor * quantity;
        }

        long refunded() {
            return priceMinor * returned;
        }
    }

    private record Order(String id, String customer, LocalDateTime at, List<Line> lines) {

        long gross() {
            return lines.stream().mapToLong(Line::gross).sum();
        }

        long refunded() {
            return lines.stream().mapToLong(Line::refunded).sum();
        }
    }

    private record Return(int number, Line line, int quantity, LocalDateTime at) {

        long amount() {
            return line.priceMinor * quantity;
        }
    }

    /** Orders and returns in the order of time; a return is of the latest sale that fits it. */
    private static final class Sales {
        private final List<Order> orders = new ArrayList<>();
        private final List<Return> returns = new ArrayList<>();

        Sales(Random random) {
            LocalDateTime at = LocalDateTime.of(2025, 1, 1, 8, 0);
            while (orders.size() < 60) {
                at = at.plusMinutes(1 + random.nextInt(14_000));
                if (random.nextInt(3) == 0) {
                    addReturn(random, at);
                } else {
                    addOrder(random, at);
                }
            }
        }

        private void addOrder(Random random, LocalDateTime at) {
            Order order =
                    new Order(
                            Integer.toString(536_000 + orders.size()),
                            "c" + random.nextInt(6),
                            at,
                            new ArrayList<>());
            int lines = 1 + random.nextInt(4);
            for (int number = 1; number <= lines; number++) {
                int product = random.nextInt(4);
                // Few products and prices, so that several sales fit a return.
                long price = 199 + 350L * product + (random.nextInt(4) == 0 ? 50 : 0);
                order.lines()
                        .add(new Line(order, number, "p" + product, price, 1 + random.nextInt(5)));
            }
            orders.add(order);
        }

        private void addReturn(Random random, LocalDateTime at) {
            List<Line> sold = orders.stream().flatMap(order -> order.lines().stream()).toList();
            if (sold.isEmpty()) {
                return;
            }
            Line any = sold.get(random.nextInt(sold.size()));
            int quantity = 1 + random.nextInt(any.quantity);
            for (Line line : sold.reversed()) {
                if (line.order.customer().equals(any.order.customer())
                        && line.product.equals(any.product)
                        && line.priceMinor == any.priceMinor
                        && line.quantity - line.returned >= quantity) {
                    line.returned += quantity;
                    returns.add(new Return(returns.size() + 1, line, quantity, at));
                    return;
                }
            }
        }

        Map<String, List<String>> figures(Export export) {
            Map<String, List<String>> figures = new TreeMap<>();
            figures.put(
                    "orders",
                    orders.stream()
                            .map(
                                    order ->
                                            "%s %d %d"
                                                    .formatted(
                                                            order.id(),
                                                            order.gross() - order.refunded(),
                                                            order.refunded()))
                            .toList());
            figures.put(
                    "by order date",
                    sums(
                            orders,
                            order -> YearMonth.from(order.at()).toString(),
                            order -> order.gross() - order.refunded()));
            Map<String, Long> byRefundDate = new TreeMap<>();
            orders.forEach(
                    order ->
                            byRefundDate.merge(
                                    YearMonth.from(order.at()).toString(),
                                    order.gross(),
                                    Long::sum));
            returns.forEach(
                    returned ->
                            byRefundDate.merge(
                                    YearMonth.from(returned.at()).toString(),
                                    -returned.amount(),
                                    Long::sum));
            figures.put("by refund date", lines(byRefundDate));
            figures.put(
                    "customers",
                    sums(orders, Order::customer, order -> order.gross() - order.refunded()));
            if (export.namesLines) {
                List<Line> lines =
                        orders.stream().flatMap(order -> order.lines().stream()).toList();
                figures.put(
                        "products",
                        sums(lines, line -> line.product, line -> line.gross() - line.refunded()));
                figures.put(
                        "units returned", sums(lines, line -> line.product, line -> line.returned));
            }
            return figures;
        }

        private static <T> List<String> sums(
                List<T> things, Function<T, String> key, ToLongFunction<T> amount) {
            return lines(
                    things.stream()
                            .collect(
                                    Collectors.groupingBy(
                                            key, TreeMap::new, Collectors.summingLong(amount))));
        }

        private static List<String> lines(Map<String, Long> sums) {
            return sums.entrySet().stream()
                    .map(sum -> sum.getKey() + " " + sum.getValue())
                    .toList();
        }
    }

    // ------------------------------------------------------------------ how it is written

    private enum Export {
        /** Returns are invoices that do not name the sale. */
        INVOICES("invoices", true) {
            @Override
            void write(Sales sales, Path files) throws IOException {
                DateTimeFormatter time = DateTimeFormatter.ofPattern("M/d/yyyy H:mm");
                Map<LocalDateTime, List<String>> rows = new TreeMap<>();
                for (Order order : sales.orders) {
                    for (Line line : order.lines()) {
                        rows.computeIfAbsent(order.at(), at -> new ArrayList<>())
                                .add(
                                        "%s,%s,%d,%s,%s,%s"
                                                .formatted(
                                                        order.id(),
                                                        line.product,
                                                        line.quantity,
                                                        time.format(order.at()),
                                                        decimal(line.priceMinor),
                                                        order.customer()));
                    }
                }
                for (Return returned : sales.returns) {
                    rows.computeIfAbsent(returned.at(), at -> new ArrayList<>())
                            .add(
                                    "C%d,%s,-%d,%s,%s,%s"
                                            .formatted(
                                                    returned.number(),
                                                    returned.line().product,
                                                    returned.quantity(),
                                                    time.format(returned.at()),
                                                    decimal(returned.line().priceMinor),
                                                    returned.line().order.customer()));
                }
                // A year a file.
                Map<Integer, List<String>> years = new TreeMap<>();
                rows.forEach(
                        (at, ofInstant) ->
                                years.computeIfAbsent(
                                                at.getYear(),
                                                year ->
                                                        new ArrayList<>(
                                                                List.of(
                                                                        "Invoice,Code,Quantity,Date,Price,Customer")))
                                        .addAll(ofInstant));
                for (Map.Entry<Integer, List<String>> year : years.entrySet()) {
                    Files.write(
                            files.resolve("invoices_%d.csv".formatted(year.getKey())),
                            year.getValue());
                }
            }
        },

        /** Refunds are amounts of orders. */
        ORDERS("orders", false) {
            @Override
            void write(Sales sales, Path files) throws IOException {
                DateTimeFormatter time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z");
                List<String> rows = new ArrayList<>();
                rows.add(
                        "Name,Customer,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem sku,Lineitem price");
                List<String> payments = new ArrayList<>();
                payments.add("Name,Kind,Amount,Currency,Created At");
                for (Order order : sales.orders.reversed()) {
                    String at = time.format(order.at().atZone(ZONE));
                    payments.add(
                            "%s,sale,%s,GBP,%s".formatted(order.id(), decimal(order.gross()), at));
                    for (Line line : order.lines()) {
                        rows.add(
                                "%s,%s,%d,%s,%s"
                                        .formatted(
                                                order.id(),
                                                line.number == 1
                                                        ? "%s,paid,GBP,%s,%s"
                                                                .formatted(
                                                                        order.customer(),
                                                                        decimal(order.gross()),
                                                                        at)
                                                        : ",,,,",
                                                line.quantity,
                                                line.product,
                                                decimal(line.priceMinor)));
                    }
                }
                for (Return returned : sales.returns) {
                    payments.add(
                            "%s,refund,%s,GBP,%s"
                                    .formatted(
                                            returned.line().order.id(),
                                            decimal(returned.amount()),
                                            time.format(returned.at().atZone(ZONE))));
                }
                Files.write(files.resolve("orders_export.csv"), rows);
                Files.write(files.resolve("transactions_export.csv"), payments);
            }
        },

        /** Heads, lines and returns are rows of different kinds. */
        JOURNAL("journal", true) {
            @Override
            void write(Sales sales, Path files) throws IOException {
                DateTimeFormatter time = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm");
                List<String> rows = new ArrayList<>();
                rows.add("Art;Beleg;Position;Datum;Kunde;Artikel;Menge;Preis;Vorgang");
                for (Order order : sales.orders) {
                    rows.add(
                            "Kopf;%s;;%s;%s;;;;"
                                    .formatted(
                                            order.id(), time.format(order.at()), order.customer()));
                    for (Line line : order.lines()) {
                        rows.add(
                                "Zeile;%s;%d;;;%s;%d;%s;"
                                        .formatted(
                                                order.id(),
                                                line.number,
                                                line.product,
                                                line.quantity,
                                                comma(line.priceMinor)));
                    }
                }
                for (Return returned : sales.returns) {
                    rows.add(
                            "Rückgabe;%s;%d;%s;;%s;-%d;%s;R%d"
                                    .formatted(
                                            returned.line().order.id(),
                                            returned.line().number,
                                            time.format(returned.at()),
                                            returned.line().product,
                                            returned.quantity(),
                                            comma(returned.line().priceMinor),
                                            returned.number()));
                }
                Files.write(files.resolve("journal.csv"), rows, Charset.forName("windows-1252"));
            }
        };

        private final String mapping;
        private final boolean namesLines;

        Export(String mapping, boolean namesLines) {
            this.mapping = mapping;
            this.namesLines = namesLines;
        }

        abstract void write(Sales sales, Path files) throws IOException;

        private static String decimal(long minor) {
            return BigDecimal.valueOf(minor, 2).toPlainString();
        }

        private static String comma(long minor) {
            return decimal(minor).replace('.', ',');
        }
    }

    // ------------------------------------------------------------------ what the warehouse has

    private static Map<String, List<String>> found(
            Connection database, String source, Export export) throws SQLException {
        Map<String, List<String>> found = new TreeMap<>();
        found.put(
                "orders",
                rows(
                        database,
                        "select format('%s %s %s', order_id, net_minor, refunded_minor) from analytics.sales_orders where source = ? order by order_id",
                        source));
        found.put(
                "by order date",
                rows(
                        database,
                        "select format('%s %s', to_char(month, 'YYYY-MM'), net_minor) from analytics.sales_monthly where source = ? order by 1",
                        source));
        found.put(
                "by refund date",
                rows(
                        database,
                        "select format('%s %s', to_char(month, 'YYYY-MM'), net_minor) from analytics.sales_monthly_by_refund_date where source = ? order by 1",
                        source));
        found.put(
                "customers",
                rows(
                        database,
                        "select format('%s %s', customer_id, spent_minor) from analytics.customer_value where source = ? order by 1",
                        source));
        if (export.namesLines) {
            found.put(
                    "products",
                    rows(
                            database,
                            "select format('%s %s', product_id, net_minor) from analytics.product_sales where source = ? order by 1",
                            source));
            found.put(
                    "units returned",
                    rows(
                            database,
                            "select format('%s %s', product_id, units_returned) from analytics.product_sales where source = ? order by 1",
                            source));
        }
        return found;
    }

    private static List<String> rows(Connection database, String sql, String source)
            throws SQLException {
        List<String> rows = new ArrayList<>();
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setString(1, source);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
        }
        return rows;
    }
}

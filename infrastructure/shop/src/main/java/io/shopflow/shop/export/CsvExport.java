package io.shopflow.shop.export;

import io.shopflow.shop.world.Catalogue;
import io.shopflow.shop.world.Offer;
import io.shopflow.shop.world.OrderDraft;
import io.shopflow.shop.world.OrderDraft.LineDraft;
import io.shopflow.shop.world.OrderGenerator;
import io.shopflow.shop.world.OrderState;
import io.shopflow.shop.world.Person;
import io.shopflow.shop.world.Population;
import io.shopflow.shop.world.ShopPlan;
import io.shopflow.shop.world.Vat;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Writes a simulated shop of any size as CSV files, like a shop's own export: {@code
 * customers.csv}, {@code products.csv}, {@code transactions.csv}, {@code transaction_items.csv}.
 * The same arguments give the same bytes. Orders are written as they are generated, so memory does
 * not grow with their number.
 *
 * <p>UTF-8, LF, a header. Instants are UTC ({@code 2025-03-30T00:15:00Z}), money is pounds with a
 * point and without VAT unless the column says otherwise, empty means unknown or never.
 *
 * <p>A row of {@code transactions.csv} is an order, without {@code customer_id} a guest's, whose
 * {@code total} includes VAT, which is {@code tax}. A row of {@code transaction_items.csv} is an
 * order line: {@code unit_price} (four decimals) and {@code subtotal} are before discounts, {@code
 * total} after them.
 *
 * <p>For each transaction, Σ items' {@code total} + {@code shipping} + {@code tax} = {@code total}.
 * States are {@code pending, processing, on-hold, completed, cancelled, refunded, failed}.
 *
 * <p>With a share of dirty rows, {@code defects.csv} lists them: {@code file, line} (the header is
 * line 1), {@code field} (empty: the whole row) and {@code rule}: {@code missing-id, number-format,
 * negative-price, zero-quantity, impossible-date, unknown-status, ragged-row, duplicate} (the line
 * of the second copy) and {@code unclosed-quote}, which only the last line of each file has,
 * because it swallows everything after it.
 */
public final class CsvExport {
    private static final Instant HISTORY_ENDS = Instant.parse("2026-01-01T00:00:00Z");
    private static final String CURRENCY = "GBP";

    private static final String CUSTOMERS =
            "customer_id,first_name,last_name,email,phone,company,address_1,address_2,city,county,"
                    + "postcode,country,registered_at";
    private static final String PRODUCTS =
            "product_id,sku,name,category,price,price_with_vat,unit_cost,currency,created_at";
    private static final String TRANSACTIONS =
            "transaction_id,customer_id,email,customer_name,phone,street,city,county,postcode,"
                    + "country,status,currency,created_at,paid_at,completed_at,payment_method,"
                    + "coupon,discount,shipping,tax,total,customer_note";
    private static final String ITEMS =
            "item_id,transaction_id,product_id,product_name,sku,quantity,unit_price,subtotal,"
                    + "discount,total,tax,unit_cost,currency";

    private final ShopPlan plan;
    private final Population population;
    private final Catalogue catalogue;
    private final OrderGenerator orders;

    private CsvExport(ShopPlan plan) {
        this.plan = plan;
        this.population = new Population(plan.seed());
        this.catalogue = new Catalogue(plan);
        this.orders = new OrderGenerator(plan, catalogue, population);
    }

    /**
     * The parameters of an export.
     *
     * @param dirtyPercent percentage of rows with defects; 0: none, and no {@code defects.csv}
     */
    public record Request(
            int customers, int products, int orders, long seed, Path folder, double dirtyPercent) {

        /** Checks the numbers. */
        public Request {
            if (dirtyPercent < 0 || dirtyPercent > 100) {
                throw new IllegalArgumentException(
                        "A percentage is from 0 to 100, not " + dirtyPercent);
            }
        }
    }

    /** Numbers of rows written, without headers; {@code items} are order lines. */
    public record Summary(
            long customers, long products, long transactions, long items, long defects) {}

    /**
     * Writes the files, replacing those of an earlier export, into a folder that is created if
     * missing.
     *
     * @throws IllegalArgumentException if there were no customer or product, or orders below zero
     * @throws IOException if the folder cannot be written
     */
    public static Summary write(Request request) throws IOException {
        ShopPlan plan =
                ShopPlan.of(
                        request.seed(),
                        request.customers(),
                        request.products(),
                        request.orders(),
                        HISTORY_ENDS,
                        Duration.ZERO);
        Path folder = Files.createDirectories(request.folder());
        if (request.dirtyPercent() == 0) {
            Files.deleteIfExists(folder.resolve("defects.csv"));
            return new CsvExport(plan).write(folder, null);
        }
        try (DefectPlan defects = new DefectPlan(folder, request.seed(), request.dirtyPercent())) {
            return new CsvExport(plan).write(folder, defects);
        }
    }

    private Summary write(Path folder, @Nullable DefectPlan defects) throws IOException {
        try (CsvFile file = new CsvFile(folder, "customers.csv", CUSTOMERS, defects)) {
            for (int i = 0; i < plan.customers(); i++) {
                customer(file, i);
            }
        }
        try (CsvFile file = new CsvFile(folder, "products.csv", PRODUCTS, defects)) {
            for (int i = 0; i < plan.products(); i++) {
                product(file, catalogue.offer(i));
            }
        }
        long items = 0;
        try (CsvFile transactions = new CsvFile(folder, "transactions.csv", TRANSACTIONS, defects);
                CsvFile lines = new CsvFile(folder, "transaction_items.csv", ITEMS, defects)) {
            Iterator<OrderDraft> drafts = orders.history();
            long number = 0;
            while (drafts.hasNext()) {
                items = transaction(transactions, lines, drafts.next(), ++number, items);
            }
        }
        return new Summary(
                plan.customers(),
                plan.products(),
                plan.orders(),
                items,
                defects == null ? 0 : defects.planted());
    }

    private void customer(CsvFile file, int number) throws IOException {
        Person person = population.person(2L * number);
        file.row(
                customerId(number),
                person.firstName(),
                person.lastName(),
                person.email(),
                person.phone(),
                person.company(),
                person.addressLine1(),
                person.addressLine2(),
                person.city(),
                person.region(),
                person.postcode(),
                person.country(),
                instant(orders.registeredAt(number)));
    }

    private void product(CsvFile file, Offer offer) throws IOException {
        file.row(
                productId(offer.number()),
                offer.sku(),
                offer.name(),
                offer.range().name().replace("&amp;", "&"),
                pounds(Vat.without(offer.price())),
                pounds(offer.price()),
                cost(offer.unitCost()),
                CURRENCY,
                instant(offer.createdAt()));
    }

    /** Writes an order and its lines; returns the number of lines so far. */
    private long transaction(
            CsvFile transactions, CsvFile lines, OrderDraft draft, long number, long items)
            throws IOException {
        Person person = population.person(draft.person());
        boolean taxed = person.isBritish();
        String id = "T" + (1_000_000 + number);
        int net = 0;
        int gross = 0;
        int discount = 0;
        long item = items;
        for (LineDraft line : draft.lines()) {
            item++;
            int lineGross = line.gross() - line.discount();
            int lineNet = taxed ? Vat.without(lineGross) : lineGross;
            int subtotal = taxed ? Vat.without(line.gross()) : line.gross();
            net += lineNet;
            gross += lineGross;
            discount += subtotal - lineNet;
            Offer offer = catalogue.offer(line.product());
            lines.row(
                    "L" + item,
                    id,
                    productId(line.product()),
                    offer.name(),
                    offer.sku(),
                    Integer.toString(line.quantity()),
                    unitPrice(line.unitPrice(), taxed),
                    pounds(subtotal),
                    pounds(subtotal - lineNet),
                    pounds(lineNet),
                    pounds(lineGross - lineNet),
                    cost(line.unitCost()),
                    CURRENCY);
        }
        int shipping = taxed ? Vat.without(draft.shipping()) : draft.shipping();
        int tax = gross - net + draft.shipping() - shipping;
        transactions.row(
                id,
                draft.customer() < 0 ? "" : customerId(draft.customer()),
                person.email(),
                person.fullName(),
                person.phone(),
                person.addressLine1(),
                person.city(),
                person.region(),
                person.postcode(),
                person.country(),
                status(draft.state()),
                CURRENCY,
                instant(draft.createdAt()),
                instant(draft.paidAt()),
                instant(draft.completedAt()),
                draft.payment().id,
                draft.coupon() == null ? "" : draft.coupon().code(),
                pounds(discount),
                pounds(shipping),
                pounds(tax),
                pounds(gross + draft.shipping()),
                draft.note());
        return item;
    }

    private static String customerId(int number) {
        return "C" + (100_000 + number);
    }

    private static String productId(int number) {
        return "P" + (10_000 + number);
    }

    /** Exports have no trash: a trashed order counts as cancelled. */
    private static String status(OrderState state) {
        return switch (state) {
            case TRASH -> OrderState.CANCELLED.wireName();
            case AUTO_DRAFT, CHECKOUT_DRAFT -> OrderState.PENDING.wireName();
            case PENDING, PROCESSING, ON_HOLD, COMPLETED, CANCELLED, REFUNDED, FAILED ->
                    state.wireName();
        };
    }

    private static String pounds(int pence) {
        return BigDecimal.valueOf(pence, 2).toPlainString();
    }

    /** Empty if the cost is unknown, which is below 0. */
    private static String cost(int pence) {
        return pence < 0 ? "" : pounds(pence);
    }

    /** Price of one unit without VAT, with four decimals, since pennies would not add up. */
    private static String unitPrice(int pence, boolean taxed) {
        long net = taxed ? Math.round(pence * 100 / 1.2) : pence * 100L;
        return BigDecimal.valueOf(net, 4).toPlainString();
    }

    /** An instant in UTC; empty if it is 0, which is never. */
    private static String instant(long epochSecond) {
        return epochSecond == 0 ? "" : Instant.ofEpochSecond(epochSecond).toString();
    }
}

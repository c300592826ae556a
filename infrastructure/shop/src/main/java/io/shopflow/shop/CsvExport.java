package io.shopflow.shop;

import io.shopflow.shop.OrderDraft.LineDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
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
 * <ul>
 *   <li>customers: {@code customer_id, first_name, last_name, email, phone, company, address_1,
 *       address_2, city, county, postcode, country, registered_at}
 *   <li>products: {@code product_id, sku, name, category, price, price_with_vat, unit_cost,
 *       currency, created_at}
 *   <li>transactions, one per order: {@code transaction_id, customer_id} (empty: a guest), {@code
 *       email, customer_name, phone, street, city, county, postcode, country, status, currency,
 *       created_at, paid_at, completed_at, payment_method, coupon, discount, shipping, tax, total,
 *       customer_note}; {@code total} includes VAT, which is {@code tax}
 *   <li>transaction items, one per order line: {@code item_id, transaction_id, product_id,
 *       product_name, sku, quantity, unit_price} (four decimals, before discounts), {@code
 *       subtotal} (before discounts), {@code discount, total} (after them), {@code tax, unit_cost,
 *       currency}
 * </ul>
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

    private static final List<String> CUSTOMERS =
            List.of(
                    "customer_id",
                    "first_name",
                    "last_name",
                    "email",
                    "phone",
                    "company",
                    "address_1",
                    "address_2",
                    "city",
                    "county",
                    "postcode",
                    "country",
                    "registered_at");
    private static final List<String> PRODUCTS =
            List.of(
                    "product_id",
                    "sku",
                    "name",
                    "category",
                    "price",
                    "price_with_vat",
                    "unit_cost",
                    "currency",
                    "created_at");
    private static final List<String> TRANSACTIONS =
            List.of(
                    "transaction_id",
                    "customer_id",
                    "email",
                    "customer_name",
                    "phone",
                    "street",
                    "city",
                    "county",
                    "postcode",
                    "country",
                    "status",
                    "currency",
                    "created_at",
                    "paid_at",
                    "completed_at",
                    "payment_method",
                    "coupon",
                    "discount",
                    "shipping",
                    "tax",
                    "total",
                    "customer_note");
    private static final List<String> ITEMS =
            List.of(
                    "item_id",
                    "transaction_id",
                    "product_id",
                    "product_name",
                    "sku",
                    "quantity",
                    "unit_price",
                    "subtotal",
                    "discount",
                    "total",
                    "tax",
                    "unit_cost",
                    "currency");

    private final ShopPlan plan;
    private final Population population;
    private final Catalogue catalogue;
    private final OrderDesk desk;
    private final StringBuilder scratch = new StringBuilder(32);

    private CsvExport(ShopPlan plan) {
        this.plan = plan;
        this.population = new Population(plan.seed());
        this.catalogue = new Catalogue(plan);
        this.desk = new OrderDesk(plan, catalogue, population);
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
                product(file, catalogue.offerCached(i));
            }
        }
        long items = 0;
        try (CsvFile transactions = new CsvFile(folder, "transactions.csv", TRANSACTIONS, defects);
                CsvFile lines = new CsvFile(folder, "transaction_items.csv", ITEMS, defects)) {
            Iterator<OrderDraft> drafts = desk.history();
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
                instant(desk.registeredAt(number)));
    }

    private void product(CsvFile file, Catalogue.Offer offer) throws IOException {
        file.row(
                productId(offer.number()),
                offer.sku(),
                offer.name(),
                offer.range().name().replace("&amp;", "&"),
                pounds(OrderDesk.withoutVat(offer.price())),
                pounds(offer.price()),
                offer.unitCost() < 0 ? "" : pounds(offer.unitCost()),
                CURRENCY,
                instant(offer.createdAt()));
    }

    /** Writes an order and its lines; returns the number of lines so far. */
    private long transaction(
            CsvFile transactions, CsvFile lines, OrderDraft draft, long number, long items)
            throws IOException {
        Person person = population.person(draft.person());
        boolean taxed = person.country().equals("GB");
        String id = "T" + (1_000_000 + number);
        int net = 0;
        int gross = 0;
        int discount = 0;
        long item = items;
        for (LineDraft line : draft.lines()) {
            item++;
            int lineGross = line.unitPrice() * line.quantity() - line.discount();
            int lineNet = taxed ? OrderDesk.withoutVat(lineGross) : lineGross;
            int before = line.unitPrice() * line.quantity();
            int subtotal = taxed ? OrderDesk.withoutVat(before) : before;
            net += lineNet;
            gross += lineGross;
            discount += subtotal - lineNet;
            Catalogue.Offer offer = catalogue.offerCached(line.product());
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
                    line.unitCost() < 0 ? "" : pounds(line.unitCost()),
                    CURRENCY);
        }
        int shipping = taxed ? OrderDesk.withoutVat(draft.shipping()) : draft.shipping();
        int tax = gross - net + draft.shipping() - shipping;
        transactions.row(
                id,
                draft.customer() < 0 ? "" : customerId(draft.customer()),
                person.email(),
                person.firstName() + " " + person.lastName(),
                person.phone(),
                person.addressLine1(),
                person.city(),
                person.region(),
                person.postcode(),
                person.country(),
                status(draft.state()),
                CURRENCY,
                instant(draft.createdAt()),
                draft.paidAt() == 0 ? "" : instant(draft.paidAt()),
                draft.completedAt() == 0 ? "" : instant(draft.completedAt()),
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

    private String pounds(int pence) {
        scratch.setLength(0);
        scratch.append(pence / 100).append('.');
        if (pence % 100 < 10) {
            scratch.append('0');
        }
        return scratch.append(pence % 100).toString();
    }

    /**
     * Price of one unit without VAT, in ten thousandths of a pound, since pennies would not add up.
     */
    private String unitPrice(int pence, boolean taxed) {
        long fine = taxed ? Math.round(pence * 100 / 1.2) : pence * 100L;
        String digits = Long.toString(10_000 + fine % 10_000);
        return fine / 10_000 + "." + digits.substring(1);
    }

    private String instant(long epochSecond) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
        scratch.setLength(0);
        scratch.append(time.getYear());
        two('-', time.getMonthValue());
        two('-', time.getDayOfMonth());
        two('T', time.getHour());
        two(':', time.getMinute());
        two(':', time.getSecond());
        return scratch.append('Z').toString();
    }

    private void two(char before, int value) {
        scratch.append(before);
        if (value < 10) {
            scratch.append('0');
        }
        scratch.append(value);
    }
}

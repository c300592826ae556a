package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.run.Problem;
import io.shopflow.core.source.SourceFormat;
import io.shopflow.core.source.SourceFormat.FieldFormat;
import io.shopflow.core.source.SourceFormat.Sign;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.text.Counted;
import io.shopflow.extract.api.Backoff;
import io.shopflow.extract.api.Decimals;
import io.shopflow.extract.api.HostLimits;
import io.shopflow.extract.api.IdScan;
import io.shopflow.extract.api.KeysetScan;
import io.shopflow.extract.api.QuietChanges;
import io.shopflow.extract.api.RowCompletion;
import io.shopflow.extract.source.Scan;
import io.shopflow.extract.source.SourceReader;
import io.shopflow.extract.source.SourceUnavailableException;
import io.shopflow.extract.woocommerce.ListByTime.By;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a WooCommerce shop over its REST API, version 3: customers, products, orders with their
 * items and payments, refunds, reviews.
 *
 * <p>Orders are requested in every state that the shop lists, and in the trash, by name: {@code
 * status=any} would leave the trash out. Checkout drafts are not orders. A state unknown to the
 * mapping is read as well; the transform quarantines such rows, so that they are visible. No
 * request of the API returns orders in a state that the shop no longer lists because its plugin was
 * removed.
 */
public final class WooCommerceReader implements SourceReader {

    private static final String TRASH = "trash";

    private static final List<String> NO_ORDERS = List.of("checkout-draft", "auto-draft");

    private static final Map<String, String> STATUSES =
            Map.of(
                    "pending",
                    "pending",
                    "on-hold",
                    "pending",
                    "processing",
                    "processing",
                    "completed",
                    "completed",
                    "cancelled",
                    "cancelled",
                    "refunded",
                    "refunded",
                    "failed",
                    "failed",
                    TRASH,
                    "cancelled");

    /** A line may reduce its order's total: a returned deposit, a trade-in. */
    private static final Map<String, FieldFormat> LINES_MAY_BE_NEGATIVE =
            Map.of(
                    "order_items.unit_price", new FieldFormat(null, null, Sign.KEPT),
                    "order_items.gross", new FieldFormat(null, null, Sign.KEPT));

    private final WooCommerceClient client;
    private final SourceFormat format;
    private final List<Scan> scans;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * Reads the shop's currency, its order states and, unless configured, its time zone.
     *
     * @throws SourceUnavailableException if the shop does not answer, or rejects the key
     */
    public WooCommerceReader(WooCommerceSettings settings, HostLimits hosts)
            throws SourceUnavailableException {
        this(settings, Backoff.PATIENT, hosts);
    }

    WooCommerceReader(WooCommerceSettings settings, Backoff backoff, HostLimits hosts)
            throws SourceUnavailableException {
        client = new WooCommerceClient(settings, backoff, hosts);
        try {
            String currency = currency();
            ZoneId configured = settings.zone();
            ZoneId zone = configured == null ? zone() : configured;
            format =
                    new SourceFormat(
                            zone,
                            currency,
                            country(),
                            new SourceFormat.DateFormat(List.of(), ZoneOffset.UTC),
                            SourceFormat.NumberFormat.plain(),
                            statuses(settings.statuses()),
                            LINES_MAY_BE_NEGATIVE);
            scans = scans(settings, format, new ShopTimes(zone), currency);
        } catch (SourceUnavailableException | RuntimeException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public SourceFormat format() {
        return format;
    }

    /** The shop's own settings that affect all its rows. */
    @Override
    public String configuration() {
        return "zone=%s, currency=%s".formatted(format.zone(), format.currency());
    }

    @Override
    public List<Scan> scans() {
        return scans;
    }

    @Override
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    @Override
    public void close() {
        client.close();
    }

    private List<Scan> scans(
            WooCommerceSettings settings, SourceFormat format, ShopTimes times, String currency)
            throws SourceUnavailableException {
        Decimals decimals = new Decimals(currency);
        // The shop's own setting only controls how many decimals it displays.
        String dp = Integer.toString(decimals.ofShop());
        String statuses = orderStatuses(format.statuses().keySet());
        Map<String, String> anyOrder = Map.of("status", statuses);
        int pageSize = settings.pageSize();
        Duration overlap = settings.overlap();
        ListByTime refunds =
                new ListByTime(
                        client,
                        StreamName.REFUNDS,
                        "refunds",
                        By.CREATION,
                        Map.of("dp", dp),
                        times,
                        pageSize);
        return List.of(
                new IdScan(
                        new ListById(
                                client,
                                StreamName.CUSTOMERS,
                                "customers",
                                Map.of("role", "all"),
                                null,
                                times,
                                pageSize),
                        StreamName.CUSTOMERS,
                        new CustomerMapping(times),
                        overlap),
                new KeysetScan(
                        new ListByTime(
                                client,
                                StreamName.PRODUCTS,
                                "products",
                                By.CHANGE,
                                Map.of(),
                                times,
                                pageSize),
                        List.of(StreamName.PRODUCTS),
                        new ProductMapping(times, currency),
                        RowCompletion.NONE,
                        new RenamedCategories(client),
                        overlap),
                new KeysetScan(
                        new ListByTime(
                                client,
                                StreamName.ORDERS,
                                "orders",
                                By.CHANGE,
                                Map.of("status", statuses, "dp", dp),
                                times,
                                pageSize),
                        List.of(StreamName.ORDERS, StreamName.ORDER_ITEMS, StreamName.PAYMENTS),
                        new OrderMapping(times, currency),
                        new ExactAmounts(client, decimals, anyOrder, pageSize),
                        new DeletedRefunds(refunds, overlap),
                        overlap),
                new KeysetScan(
                        refunds,
                        List.of(StreamName.REFUNDS),
                        new RefundMapping(times),
                        new RefundCurrencies(client, decimals, anyOrder),
                        QuietChanges.NONE,
                        overlap),
                new IdScan(
                        new ListById(
                                client,
                                StreamName.REVIEWS,
                                "products/reviews",
                                Map.of("status", "all"),
                                "after",
                                times,
                                pageSize),
                        StreamName.REVIEWS,
                        new ReviewMapping(times),
                        overlap));
    }

    /** Every state that the shop lists, except those of drafts, and the trash. */
    private String orderStatuses(Set<String> mapped) throws SourceUnavailableException {
        Optional<JsonNode> totals = client.optionalDocument("reports/orders/totals", Map.of());
        if (totals.isEmpty()) {
            return mappedStatuses(mapped);
        }
        Set<String> statuses = new TreeSet<>();
        for (JsonNode status : totals.get()) {
            statuses.add(status.path("slug").asText(""));
        }
        statuses.remove("");
        if (statuses.isEmpty()) {
            throw client.malformed(
                    StreamName.ORDERS, "reports/orders/totals", "names no state of orders");
        }
        return joined(statuses);
    }

    /**
     * The states of the mapping, for a key that may not read reports. Orders in other states would
     * be missed, so they are counted and reported as a problem.
     */
    private String mappedStatuses(Set<String> mapped) throws SourceUnavailableException {
        Set<String> withoutTrash = new TreeSet<>(mapped);
        withoutTrash.remove(TRASH);
        // In this order, so that an order created in between does not count as missed.
        long any = client.count(StreamName.ORDERS, "orders", Map.of("status", "any"));
        long known =
                client.count(
                        StreamName.ORDERS,
                        "orders",
                        Map.of("status", String.join(",", withoutTrash)));
        if (any > known) {
            problems.add(
                    Problem.of(
                                    "unknown_statuses",
                                    "%s in states that are not mapped: not read. Add the shop's own states to the property statuses, or let the key read reports."
                                            .formatted(Counted.of(any - known, "order")))
                            .of(StreamName.ORDERS)
                            .in(client.address("orders"))
                            .at("statuses"));
        }
        return joined(mapped);
    }

    private static String joined(Set<String> statuses) {
        Set<String> named = new TreeSet<>(statuses);
        named.removeAll(NO_ORDERS);
        named.add(TRASH);
        return String.join(",", named);
    }

    private String currency() throws SourceUnavailableException {
        String code = client.document("data/currencies/current").path("code").asText("");
        if (!code.matches("[A-Z]{3}")) {
            throw client.malformed(null, "data/currencies/current", "names no currency");
        }
        return code;
    }

    /** The shop's country; null if the key may not read the shop's settings. */
    private @Nullable String country() throws SourceUnavailableException {
        Optional<JsonNode> settings =
                client.optionalDocument("settings/general", Map.of("_fields", "id,value"));
        if (settings.isPresent()) {
            for (JsonNode setting : settings.get()) {
                String country = setting.path("value").asText("").split(":", 2)[0];
                if (setting.path("id").asText("").equals("woocommerce_default_country")
                        && country.matches("[A-Z]{2}")) {
                    return country;
                }
            }
        }
        return null;
    }

    /** The shop's time zone. It is never guessed, since it decides on which day an order counts. */
    private ZoneId zone() throws SourceUnavailableException {
        JsonNode site =
                client.site()
                        .orElseThrow(() -> withoutZone("does not publish the shop's time zone"));
        try {
            String name = site.path("timezone_string").asText("");
            if (!name.isEmpty()) {
                return ZoneId.of(name);
            }
            String offset = site.path("gmt_offset").asText("");
            if (!offset.isEmpty()) {
                return ZoneOffset.ofTotalSeconds(
                        (int) Math.round(Double.parseDouble(offset) * 3600));
            }
        } catch (DateTimeException | NumberFormatException e) {
            throw withoutZone("names an unknown time zone");
        }
        throw withoutZone("names no time zone");
    }

    private SourceUnavailableException withoutZone(String message) {
        return new SourceUnavailableException(
                Problem.of(
                                "zone_unknown",
                                "%s %s, and without it no order has a day. Write it into the source's configuration, for example zone: Europe/Berlin; the shop shows it in WordPress under Settings, General."
                                        .formatted(client.siteAddress(), message))
                        .in(client.siteAddress())
                        .at("zone"),
                null);
    }

    private static Map<String, String> statuses(Map<String, String> own) {
        Map<String, String> statuses = new HashMap<>(STATUSES);
        statuses.putAll(own);
        return statuses;
    }
}

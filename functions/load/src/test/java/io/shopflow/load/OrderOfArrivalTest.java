package io.shopflow.load;

import static io.shopflow.load.LoadFunctionTest.item;
import static io.shopflow.load.LoadFunctionTest.order;
import static io.shopflow.load.LoadFunctionTest.status;
import static io.shopflow.load.TestRun.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.stream.StreamName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Two runs of a source, their parts and manifests in every order: the warehouse ends the same. */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class OrderOfArrivalTest {

    private static final String JANUARY = "2026-01-01T00:00:00Z";
    private static final String FEBRUARY = "2026-02-01T00:00:00Z";
    private static final String MARCH = "2026-03-01T00:00:00Z";

    @Test
    void rowsOfASourceWithUpdatedAtEndTheSame() {
        assertEveryOrderEndsTheSame("told", OrderOfArrivalTest::told);
    }

    @Test
    void rowsOfASourceWithoutUpdatedAtEndTheSame() {
        assertEveryOrderEndsTheSame("untold", OrderOfArrivalTest::untold);
    }

    @Test
    void tombstonesEndTheSame() {
        assertEveryOrderEndsTheSame("gone", OrderOfArrivalTest::gone);
    }

    @Test
    void tombstonesOfASourceThatReportsItsChangesEndTheSame() {
        assertEveryOrderEndsTheSame("gone_dated", OrderOfArrivalTest::goneDated);
    }

    @Test
    void aRowThatReturnsUnchangedIsThereAgain() {
        TestRun first = new TestRun("returns");
        deliver(first.part(StreamName.ORDERS, order("1").at(JANUARY)), first.manifest());
        TestRun without = new TestRun("returns");
        deliver(
                without.part(
                        StreamName.ORDERS,
                        CleanRow.gone(StreamName.ORDERS, "1").extractedAt(MARCH)),
                without.manifest());
        assertThat(deletedOrders("returns")).containsExactly("t");

        TestRun again = new TestRun("returns");
        deliver(again.part(StreamName.ORDERS, order("1").at(JANUARY)), again.manifest());
        assertThat(deletedOrders("returns")).containsExactly("f");
    }

    @Test
    void aRowThatIsReadWithUpdatedAtReplacesOneThatWasReadWithout() {
        TestRun undated = new TestRun("dated_later");
        deliver(undated.part(StreamName.ORDERS, order("1").extractedAt(MARCH)), undated.manifest());
        TestRun dated = new TestRun("dated_later");
        deliver(
                dated.part(StreamName.ORDERS, order("1", "status", "cancelled").at(JANUARY)),
                dated.manifest());

        assertThat(stateOf("dated_later", "1")).isEqualTo("cancelled");
    }

    @Test
    void aSnapshotReplacesNewerVersions() {
        TestRun first = new TestRun("corrected");
        deliver(
                first.part(
                        StreamName.ORDERS,
                        order("1").at(MARCH),
                        order("2").at(MARCH),
                        order("3").at(JANUARY)),
                first.part(StreamName.PRODUCTS, product("p", "100").at(MARCH)),
                first.manifest());
        TestRun again = TestRun.ofSnapshot("corrected");
        deliver(
                again.part(
                        StreamName.ORDERS,
                        order("1", "status", "cancelled").at(JANUARY),
                        order("2").at(FEBRUARY),
                        order("3").at(JANUARY)),
                again.part(StreamName.PRODUCTS, product("p", "200").at(JANUARY)),
                again.manifest());

        assertThat(stateOf("corrected", "1")).isEqualTo("cancelled");
        assertThat(currentCosts("corrected")).containsExactly("200");
        assertThat(LoadFunctionTest.ledger(again))
                .as("content that is the same is unchanged")
                .isEqualTo("[orders|1|3|0|2|1, products|1|1|0|1|0]");

        TestRun next = new TestRun("corrected");
        deliver(
                next.part(StreamName.ORDERS, order("1").at(JANUARY), order("2").at(FEBRUARY)),
                next.part(StreamName.PRODUCTS, product("p", "300").at(FEBRUARY)),
                next.manifest());

        assertThat(currentCosts("corrected")).containsExactly("300");
    }

    @Test
    void theNewestVersionOfASnapshotCountsInWhateverOrderItsPartsArrive() {
        assertEveryOrderEndsTheSame(
                "snapshot", OrderOfArrivalTest::corrected, TestRun::new, TestRun::ofSnapshot);

        assertThat(stateOf("snapshot0", "1")).isEqualTo("completed");
        assertThat(currentCosts("snapshot0")).containsExactly("300");
    }

    @Test
    void theCostOfTheEarliestVersionStaysAfterASnapshot() {
        TestRun first = new TestRun("cost");
        deliver(first.part(StreamName.ORDER_ITEMS, cost("40").at(MARCH)), first.manifest());
        TestRun again = TestRun.ofSnapshot("cost");
        deliver(again.part(StreamName.ORDER_ITEMS, cost("4").at(FEBRUARY)), again.manifest());
        assertThat(costs("cost")).containsExactly("4|GBP");

        TestRun next = new TestRun("cost");
        deliver(next.part(StreamName.ORDER_ITEMS, cost("4").at(FEBRUARY)), next.manifest());

        assertThat(costs("cost")).containsExactly("4|GBP");
        assertThat(LoadFunctionTest.ledger(next)).isEqualTo("[order_items|1|1|0|0|1]");
    }

    @Test
    void aLineInAnotherCurrencyTakesItsCostInThatCurrency() {
        assertEveryOrderEndsTheSame("cost_currency", OrderOfArrivalTest::inAnotherCurrency);

        assertThat(costs("cost_currency0")).containsExactly("500|JPY", "-|JPY");
    }

    private static List<String> inAnotherCurrency(TestRun first, TestRun second) {
        return List.of(
                first.part(
                        StreamName.ORDER_ITEMS,
                        item("1", "1", "line_cost_minor", "50000", "currency", "EUR")
                                .extractedAt(JANUARY)),
                first.part(
                        StreamName.ORDER_ITEMS,
                        item("2", "1", "line_cost_minor", "50000", "currency", "EUR")
                                .extractedAt(JANUARY)),
                second.part(
                        StreamName.ORDER_ITEMS,
                        item("1", "1", "line_cost_minor", "500", "currency", "JPY")
                                .extractedAt(FEBRUARY)),
                second.part(
                        StreamName.ORDER_ITEMS,
                        item("2", "1", "currency", "JPY").extractedAt(FEBRUARY)));
    }

    private static CleanRow cost(String minor) {
        return item("1", "1", "line_cost_minor", minor, "currency", "GBP");
    }

    private static List<String> costs(String source) {
        return Database.rows(
                "select line_cost_minor, currency from warehouse.fact_order_items where source = '%s' order by order_item_id"
                        .formatted(source));
    }

    @Test
    void rowsThatAreOlderThanBeforeAreReported() {
        TestRun first = new TestRun("older");
        deliver(
                first.part(StreamName.ORDERS, order("1").at(MARCH), order("2").at(MARCH)),
                first.part(StreamName.PRODUCTS, product("p", "100").at(MARCH)),
                first.manifest());
        TestRun second = new TestRun("older").withOneRowPerId();
        deliver(
                second.part(
                        StreamName.ORDERS,
                        order("1", "status", "cancelled").at(JANUARY),
                        order("2").at(JANUARY)),
                second.part(StreamName.PRODUCTS, product("p", "200").at(JANUARY)),
                second.manifest());
        TestRun ofVersions = new TestRun("older");
        deliver(
                ofVersions.part(StreamName.ORDERS, order("1", "status", "cancelled").at(JANUARY)),
                ofVersions.manifest());

        assertThat(olderRows(second)).containsExactly("orders|1|f", "products|1|f");
        assertThat(olderRows(ofVersions)).isEmpty();
    }

    private static List<String> olderRows(TestRun run) {
        return Database.rows(
                "select stream, rows, informs from etl.run_findings where run_id = '%s' and rule = 'updated_at_older' order by stream"
                        .formatted(run.id.value()));
    }

    private static List<String> currentCosts(String source) {
        return Database.rows(
                "select unit_cost_minor from warehouse.dim_products where source = '%s' and is_current"
                        .formatted(source));
    }

    private static List<String> corrected(TestRun first, TestRun second) {
        return List.of(
                first.part(StreamName.ORDERS, order("1", "status", "cancelled").at(MARCH)),
                second.part(
                        StreamName.ORDERS,
                        order("1", "status", "processing").at(JANUARY),
                        order("2").at(FEBRUARY)),
                second.part(StreamName.ORDERS, order("1").at(FEBRUARY)),
                first.part(StreamName.PRODUCTS, product("p", "100").at(MARCH)),
                second.part(StreamName.PRODUCTS, product("p", "200").at(JANUARY)),
                second.part(StreamName.PRODUCTS, product("p", "300").at(FEBRUARY)));
    }

    private static List<String> deletedOrders(String source) {
        return Database.rows(
                "select is_deleted from warehouse.fact_orders where source = '%s'"
                        .formatted(source));
    }

    private static String stateOf(String source, String order) {
        return Database.rows(
                        "select status from warehouse.fact_orders where source = '%s' and order_id = '%s'"
                                .formatted(source, order))
                .getFirst();
    }

    private static List<String> goneDated(TestRun first, TestRun second) {
        return List.of(
                first.part(
                        StreamName.ORDERS,
                        order("1", "customer_id", "a").at(JANUARY),
                        order("2", "customer_id", "a").at(JANUARY)),
                second.part(
                        StreamName.ORDERS,
                        order("1", "customer_id", "a", "status", "processing").at(FEBRUARY),
                        CleanRow.gone(StreamName.ORDERS, "2").extractedAt(FEBRUARY)),
                first.part(
                        StreamName.ORDER_ITEMS,
                        CleanRow.gone(StreamName.ORDER_ITEMS, "1").extractedAt(FEBRUARY)),
                second.part(
                        StreamName.ORDER_ITEMS,
                        item("1", "1", "product_id", "p", "line_cost_minor", "9").at(JANUARY)));
    }

    private static List<String> gone(TestRun first, TestRun second) {
        return List.of(
                first.part(
                        StreamName.ORDERS,
                        order("1", "customer_id", "a").extractedAt(JANUARY),
                        order("2", "customer_id", "a").extractedAt(JANUARY)),
                second.part(
                        StreamName.ORDERS,
                        order("1", "customer_id", "a", "status", "processing")
                                .extractedAt(FEBRUARY),
                        CleanRow.gone(StreamName.ORDERS, "2").extractedAt(FEBRUARY)),
                first.part(
                        StreamName.ORDER_ITEMS,
                        CleanRow.gone(StreamName.ORDER_ITEMS, "1").extractedAt(JANUARY)),
                second.part(
                        StreamName.ORDER_ITEMS,
                        item("1", "1", "product_id", "p", "line_cost_minor", "9")
                                .extractedAt(FEBRUARY)));
    }

    private static List<String> told(TestRun first, TestRun second) {
        return List.of(
                first.part(
                        StreamName.PRODUCTS,
                        product("p", "100").at(JANUARY),
                        product("q", "100").at(FEBRUARY)),
                second.part(
                        StreamName.PRODUCTS,
                        product("p", "200").at(FEBRUARY),
                        product("q", "150").at(JANUARY)),
                first.part(
                        StreamName.ORDER_ITEMS,
                        item("1", "1", "product_id", "p", "line_cost_minor", "7").at(FEBRUARY),
                        item("2", "1", "product_id", "r").at(JANUARY)),
                second.part(
                        StreamName.ORDER_ITEMS,
                        item("1", "1", "product_id", "p", "line_cost_minor", "9").at(MARCH),
                        item("2", "1", "product_id", "r", "line_cost_minor", "5").at(MARCH)));
    }

    private static List<String> untold(TestRun first, TestRun second) {
        return List.of(
                first.part(
                        StreamName.CUSTOMERS,
                        customer("a", "York").extractedAt(JANUARY),
                        customer("b", "Bath").extractedAt(JANUARY)),
                // Shifted while it was read: the row is in two parts of the run.
                first.part(StreamName.CUSTOMERS, customer("b", "Ely").extractedAt(JANUARY)),
                second.part(StreamName.CUSTOMERS, customer("a", "Wells").extractedAt(FEBRUARY)),
                second.part(
                        StreamName.ORDERS,
                        order("1", "customer_id", "c").extractedAt(FEBRUARY),
                        order("2", "customer_id", "a").extractedAt(FEBRUARY)));
    }

    private static void assertEveryOrderEndsTheSame(
            String name, BiFunction<TestRun, TestRun, List<String>> parts) {
        assertEveryOrderEndsTheSame(name, parts, TestRun::new, TestRun::new);
    }

    private static void assertEveryOrderEndsTheSame(
            String name,
            BiFunction<TestRun, TestRun, List<String>> parts,
            Function<String, TestRun> firstRun,
            Function<String, TestRun> secondRun) {
        List<List<Integer>> orders =
                permutations(parts.apply(firstRun.apply(name), secondRun.apply(name)).size());
        Collections.shuffle(orders, new Random(7));
        orders = orders.subList(0, Math.min(48, orders.size()));
        List<String> expected = null;
        for (int index = 0; index < orders.size(); index++) {
            String source = name + index;
            TestRun first = firstRun.apply(source);
            TestRun second = secondRun.apply(source);
            List<String> keys = parts.apply(first, second);
            List<String> arrival = new ArrayList<>();
            orders.get(index).forEach(position -> arrival.add(keys.get(position)));
            arrival.add(index % (arrival.size() + 1), first.manifest());
            arrival.add(index % (arrival.size() + 1), second.manifest());

            assertThat(deliver(arrival.toArray(String[]::new))).isEmpty();

            assertThat(status(first)).isEqualTo("complete");
            assertThat(status(second)).isEqualTo("complete");
            List<String> contents = contents(source, first, second);
            if (expected == null) {
                expected = contents;
            }
            assertThat(contents).as("in the order " + orders.get(index)).isEqualTo(expected);
        }
    }

    /** The rows of a source in the star, with the version and origin of each. */
    private static List<String> contents(String source, TestRun first, TestRun second) {
        List<String> contents = new ArrayList<>();
        for (String table :
                List.of(
                        "dim_customers",
                        "dim_products",
                        "dim_sellers",
                        "fact_orders",
                        "fact_order_items")) {
            contents.addAll(
                    Database.rows(
                            """
                            select '%1$s', (to_jsonb(star) - 'source' %3$s)
                            from warehouse.%1$s as star
                            where source = '%2$s'
                            order by 2
                            """
                                    .formatted(
                                            table,
                                            source,
                                            table.startsWith("dim_")
                                                    // An inferred member comes from whichever fact
                                                    // came first.
                                                    ? "- case when is_inferred then array['run_id', 'part', 'source_row', 'last_run_id', 'last_part', 'last_source_row'] else '{}' end"
                                                    : "")));
        }
        return contents.stream()
                .map(
                        row ->
                                row.replace(first.id.value(), "first")
                                        .replace(second.id.value(), "second"))
                .sorted()
                .toList();
    }

    private static List<List<Integer>> permutations(int count) {
        if (count == 0) {
            return List.of(List.of());
        }
        List<List<Integer>> all = new ArrayList<>();
        for (List<Integer> shorter : permutations(count - 1)) {
            for (int position = 0; position <= shorter.size(); position++) {
                List<Integer> longer = new ArrayList<>(shorter);
                longer.add(position, count - 1);
                all.add(longer);
            }
        }
        return all;
    }

    private static CleanRow product(String id, String cost) {
        return CleanRow.of(StreamName.PRODUCTS, id, "unit_cost_minor", cost);
    }

    private static CleanRow customer(String id, String city) {
        return CleanRow.of(StreamName.CUSTOMERS, id, "city", city);
    }
}

package io.shopflow.load;

import static io.shopflow.load.LoadFunctionTest.item;
import static io.shopflow.load.LoadFunctionTest.ledger;
import static io.shopflow.load.LoadFunctionTest.order;
import static io.shopflow.load.TestRun.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.stream.StreamName;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class ProductHistoryTest {

    private static final String JANUARY = "2026-01-01T00:00:00Z";
    private static final String FEBRUARY = "2026-02-01T00:00:00Z";
    private static final String MARCH = "2026-03-01T00:00:00Z";
    private static final String APRIL = "2026-04-01T00:00:00Z";

    @Test
    void aChangeEndsOneVersionAndBeginsAnother() {
        load("changes", cost("100").at(JANUARY));
        assertThat(history("changes")).containsExactly("100|-infinity|infinity|t");

        TestRun run = load("changes", cost("120").at(FEBRUARY));

        assertThat(history("changes"))
                .containsExactly("100|-infinity|2026-02-01|f", "120|2026-02-01|infinity|t");
        assertThat(ledger(run)).isEqualTo("[products|1|1|0|1|0]");
    }

    @Test
    void aLateVersionIsPlacedWhereItBelongs() {
        load("late_product", cost("100").at(JANUARY));
        load("late_product", cost("300").at(MARCH));

        load("late_product", cost("200").at(FEBRUARY));

        assertThat(history("late_product"))
                .containsExactly(
                        "100|-infinity|2026-02-01|f",
                        "200|2026-02-01|2026-03-01|f",
                        "300|2026-03-01|infinity|t");
    }

    @Test
    void aVersionBeforeTheFirstTakesItsPlace() {
        load("before_first", cost("200").at(FEBRUARY));
        load("before_first", cost("100").at(JANUARY));

        assertThat(history("before_first"))
                .containsExactly("100|-infinity|2026-02-01|f", "200|2026-02-01|infinity|t");
    }

    @Test
    void aLateVersionSplitsAPeriodInWhichNothingSeemedToChange() {
        load("split", cost("100").at(JANUARY));
        load("split", cost("100").at(MARCH));
        assertThat(history("split")).containsExactly("100|-infinity|infinity|t");

        load("split", cost("200").at(FEBRUARY));

        assertThat(history("split"))
                .containsExactly(
                        "100|-infinity|2026-02-01|f",
                        "200|2026-02-01|2026-03-01|f",
                        "100|2026-03-01|infinity|t");
    }

    @Test
    void aLateVersionWithTheContentOfTheNextBeginsItEarlier() {
        load("earlier", cost("100").at(JANUARY));
        load("earlier", cost("200").at(MARCH));

        load("earlier", cost("200").at(FEBRUARY));

        assertThat(history("earlier"))
                .containsExactly("100|-infinity|2026-02-01|f", "200|2026-02-01|infinity|t");
    }

    @Test
    void ofTwoVersionsOfTheSameInstantTheLaterRunCounts() {
        load("same_instant", cost("100").at(JANUARY));
        load("same_instant", cost("150").at(JANUARY));

        assertThat(history("same_instant")).containsExactly("150|-infinity|infinity|t");
    }

    @Test
    void deletedAndMadeAgainIdenticalIsOneVersion() {
        load("made_again_product", cost("100").extractedAt(JANUARY));
        // Deleted: the product is missing in this run, without a tombstone.
        TestRun without = new TestRun("made_again_product");
        deliver(
                without.part(
                        StreamName.PRODUCTS,
                        CleanRow.of(StreamName.PRODUCTS, "other").extractedAt(FEBRUARY)));

        TestRun again = load("made_again_product", cost("100").extractedAt(MARCH));

        assertThat(history("made_again_product")).containsExactly("100|-infinity|infinity|t");
        assertThat(ledger(again)).isEqualTo("[products|1|1|0|0|1]");
    }

    @Test
    void aReturnToFormerContentIsANewVersion() {
        load("back", cost("100").extractedAt(JANUARY));
        load("back", cost("200").extractedAt(FEBRUARY));
        load("back", cost("100").extractedAt(MARCH));

        assertThat(history("back"))
                .containsExactly(
                        "100|-infinity|2026-02-01|f",
                        "200|2026-02-01|2026-03-01|f",
                        "100|2026-03-01|infinity|t");
    }

    @Test
    void anUnknownCostIsAValueLikeAnyOther() {
        load("unknown_cost", cost("").at(JANUARY));
        TestRun same = load("unknown_cost", cost("").at(JANUARY));
        assertThat(ledger(same)).isEqualTo("[products|1|1|0|0|1]");

        load("unknown_cost", cost("100").at(FEBRUARY));

        assertThat(history("unknown_cost"))
                .containsExactly("-|-infinity|2026-02-01|f", "100|2026-02-01|infinity|t");
    }

    @Test
    void anInferredProductBecomesTheFirstVersion() {
        TestRun run = new TestRun("inferred_product");
        deliver(
                run.part(StreamName.ORDER_ITEMS, item("1", "1", "product_id", "p")),
                run.part(StreamName.PRODUCTS, cost("100").at(MARCH)));

        assertThat(history("inferred_product")).containsExactly("100|-infinity|infinity|t");
    }

    @Test
    void aNewCostLeavesTheProfitOfOlderOrdersAsItWas() {
        String source = "cost_change";
        load(source, cost("100").at(JANUARY));
        TestRun run = new TestRun(source);
        deliver(
                run.part(
                        StreamName.ORDERS,
                        order("old", "ordered_at", "2026-01-15T10:00:00Z"),
                        order("new", "ordered_at", "2026-03-15T10:00:00Z")),
                run.part(
                        StreamName.ORDER_ITEMS,
                        sold("1", "old").at(JANUARY),
                        sold("2", "new").at(JANUARY),
                        item(
                                "3",
                                "new",
                                "product_id",
                                "p",
                                "quantity",
                                "2",
                                "net_minor",
                                "800",
                                "line_cost_minor",
                                "111")));
        assertThat(profits(source)).containsExactly("1|200|600", "2|200|600", "3|111|689");

        load(source, cost("150").at(FEBRUARY));

        assertThat(profits(source)).containsExactly("1|200|600", "2|300|500", "3|111|689");
    }

    @Test
    void theCostOfALineStaysAsFirstSeenWhateverComesLater() {
        String source = "line_cost";
        TestRun first = new TestRun(source);
        TestRun second = new TestRun(source);
        TestRun third = new TestRun(source);
        deliver(first.part(StreamName.ORDERS, order("1")));
        String unknown = first.part(StreamName.ORDER_ITEMS, lineCost("").at(JANUARY));
        String known = second.part(StreamName.ORDER_ITEMS, lineCost("300").at(FEBRUARY));
        String later = third.part(StreamName.ORDER_ITEMS, lineCost("400").at(MARCH));

        deliver(unknown);
        assertThat(profits(source)).containsExactly("1|-|-");
        deliver(later);
        assertThat(profits(source)).containsExactly("1|400|400");
        deliver(known);
        assertThat(profits(source)).containsExactly("1|300|500");
        TestRun last = new TestRun(source);
        deliver(last.part(StreamName.ORDER_ITEMS, lineCost("500").at(APRIL)));

        assertThat(profits(source)).containsExactly("1|300|500");
        assertThat(ledger(last)).isEqualTo("[order_items|1|1|0|1|0]");
    }

    private static TestRun load(String source, CleanRow product) {
        TestRun run = new TestRun(source);
        assertThat(deliver(run.part(StreamName.PRODUCTS, product))).isEmpty();
        return run;
    }

    private static CleanRow cost(String unitCost) {
        return CleanRow.of(
                StreamName.PRODUCTS, "p", "unit_cost_minor", unitCost, "currency", "GBP");
    }

    private static CleanRow sold(String id, String orderId) {
        return item(id, orderId, "product_id", "p", "quantity", "2", "net_minor", "800");
    }

    private static CleanRow lineCost(String cost) {
        return item("1", "1", "net_minor", "800", "line_cost_minor", cost);
    }

    private static List<String> history(String source) {
        return Database.rows(
                "select unit_cost_minor, %s, %s, is_current from warehouse.dim_products where source = '%s' and product_id = 'p' order by valid_from"
                        .formatted(day("valid_from"), day("valid_to"), source));
    }

    private static String day(String instant) {
        return "case when isfinite(%1$s) then (%1$s at time zone 'UTC')::date::text else %1$s::text end"
                .formatted(instant);
    }

    private static List<String> profits(String source) {
        return Database.rows(
                "select order_item_id, cost_minor, profit_minor from analytics.sales_items where source = '%s' order by 1"
                        .formatted(source));
    }
}

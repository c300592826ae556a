package io.shopflow.load;

import static io.shopflow.load.LoadFunctionTest.ledger;
import static io.shopflow.load.LoadFunctionTest.order;
import static io.shopflow.load.TestRun.deliver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.stream.StreamName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Customers have histories as products do. ProductHistoryTest tests what makes a version. */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class CustomerHistoryTest {

    private static final String JANUARY = "2026-01-01T00:00:00Z";
    private static final String FEBRUARY = "2026-02-01T00:00:00Z";
    private static final String MARCH = "2026-03-01T00:00:00Z";

    @Test
    void aCustomerWhoMovesHasAVersionForEachPlace() {
        load("moves", city("York").extractedAt(JANUARY));

        TestRun run = load("moves", city("Leeds").extractedAt(MARCH));

        assertThat(history("moves"))
                .containsExactly("York|-infinity|2026-03-01|f", "Leeds|2026-03-01|infinity|t");
        assertThat(ledger(run)).isEqualTo("[customers|1|1|0|1|0]");
    }

    @Test
    void aMoveThatArrivesLateIsPlacedAtItsTime() {
        load("moved_before", city("York").at(JANUARY));
        load("moved_before", city("Leeds").at(MARCH));

        load("moved_before", city("Hull").at(FEBRUARY));

        assertThat(history("moved_before"))
                .containsExactly(
                        "York|-infinity|2026-02-01|f",
                        "Hull|2026-02-01|2026-03-01|f",
                        "Leeds|2026-03-01|infinity|t");
    }

    @Test
    void aCustomerWhomAnOrderNamedFirstIsCompletedAndCountedOnce() {
        TestRun run = new TestRun("named_first");
        deliver(
                run.part(StreamName.ORDERS, order("1", "customer_id", "c")),
                run.part(StreamName.CUSTOMERS, city("York").at(JANUARY)));
        load("named_first", city("Leeds").at(MARCH));

        assertThat(history("named_first"))
                .containsExactly("York|-infinity|2026-03-01|f", "Leeds|2026-03-01|infinity|t");
        assertThat(
                        Database.rows(
                                "select city, is_inferred from production.customers where source = 'named_first'"))
                .containsExactly("Leeds|f");
        assertThat(
                        Database.rows(
                                "select row_count from analytics.row_counts where source = 'named_first' and stream = 'customers'"))
                .containsExactly("1");
    }

    @Test
    void theDatabaseRefusesTwoVersionsAtTheSameTime() {
        load("overlap", city("York").at(JANUARY));

        assertThatThrownBy(
                        () ->
                                Database.execute(
                                        """
                                        insert into warehouse.dim_customers (
                                            source, customer_id, valid_from, valid_to, version_at, run_id, part, source_row,
                                            last_version_at, last_run_id, last_part, last_source_row
                                        )
                                        values ('overlap', 'c', '2026-02-01', 'infinity', now(), 'r', 1, 1, now(), 'r', 1, 1)
                                        """))
                .rootCause()
                .hasMessageContaining("dim_customers_no_overlap");
    }

    private static TestRun load(String source, CleanRow customer) {
        TestRun run = new TestRun(source);
        assertThat(deliver(run.part(StreamName.CUSTOMERS, customer))).isEmpty();
        return run;
    }

    private static CleanRow city(String city) {
        return CleanRow.of(StreamName.CUSTOMERS, "c", "city", city);
    }

    private static List<String> history(String source) {
        return Database.rows(
                """
                select
                    city,
                    case when isfinite(valid_from) then (valid_from at time zone 'UTC')::date::text else valid_from::text end,
                    case when isfinite(valid_to) then (valid_to at time zone 'UTC')::date::text else valid_to::text end,
                    is_current
                from warehouse.dim_customers
                where source = '%s' and customer_id = 'c'
                order by valid_from
                """
                        .formatted(source));
    }
}

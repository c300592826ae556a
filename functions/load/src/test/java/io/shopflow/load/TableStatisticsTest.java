package io.shopflow.load;

import static io.shopflow.load.LoadFunctionTest.order;
import static io.shopflow.load.TestRun.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.stream.StreamName;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The planner's statistics after a run. */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class TableStatisticsTest {

    /**
     * Until the statistics knew the new source, the planner took thousands of its rows for a few,
     * and a page took minutes.
     */
    @Test
    void aSmallSourceBesideALargeOneIsKnownWhenItsRunIsClosed() {
        Database.execute(
                """
                insert into warehouse.fact_orders (
                    source, order_id, status, currency, ordered_at, ordered_on, version_at, run_id, part, source_row
                )
                select 'large', number::text, 'completed', 'EUR', now(), current_date, now(), 'r', 1, 1
                from generate_series(1, 20000) as number
                """);
        Database.execute("analyze warehouse.fact_orders");
        TestRun run = new TestRun("small");

        assertThat(
                        deliver(
                                run.part(
                                        StreamName.ORDERS,
                                        IntStream.range(0, 300)
                                                .mapToObj(number -> order("" + number))
                                                .toArray(CleanRow[]::new)),
                                run.manifest()))
                .isEmpty();

        assertThat(
                        Database.rows(
                                """
                                select 'small' = any (most_common_vals::text::text[])
                                from pg_stats
                                where schemaname = 'warehouse' and tablename = 'fact_orders' and attname = 'source'
                                """))
                .containsExactly("t");
        Database.execute("delete from warehouse.fact_orders where source = 'large'");
    }
}

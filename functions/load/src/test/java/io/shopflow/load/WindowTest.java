package io.shopflow.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.stream.StreamName;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** A window of a backfill loads as any run does, but does not make its source look fresh. */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class WindowTest {

    @Test
    void theFreshnessOfASourceIsThatOfItsLastRunWithoutAnEnd() {
        String source = "windowed";
        TestRun ordinary = new TestRun(source);
        String part = ordinary.part(StreamName.PRODUCTS, product("100").at("2026-02-01T00:00:00Z"));
        assertThat(TestRun.deliver(part, ordinary.manifest())).isEmpty();
        TestRun window = new TestRun(source);
        String old = window.part(StreamName.PRODUCTS, product("90").at("2026-01-01T00:00:00Z"));

        assertThat(TestRun.deliver(old, window.manifestOfWindow(LocalDate.parse("2026-01-02"))))
                .isEmpty();

        assertThat(
                        Database.rows(
                                "select status, read_until from etl.runs where source = 'windowed' order by run_id"))
                .containsExactly("complete|-", "complete|2026-01-02");
        assertThat(
                        Database.rows(
                                "select last_complete_run_id, last_run_id from analytics.freshness where source = 'windowed'"))
                .containsExactly(ordinary.id + "|" + ordinary.id);
    }

    private static CleanRow product(String cost) {
        return CleanRow.of(StreamName.PRODUCTS, "p", "unit_cost_minor", cost);
    }
}

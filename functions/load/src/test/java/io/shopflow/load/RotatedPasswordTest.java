package io.shopflow.load;

import static io.shopflow.load.TestRun.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.shopflow.core.stream.StreamName;
import org.junit.jupiter.api.Test;

/** The login is a secret in Secrets Manager, which may be rotated at any time. */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
class RotatedPasswordTest {

    LoaderLogin login;

    @Test
    void aWarmFunctionConnectsAfterItsPasswordWasRotated() throws InterruptedException {
        TestRun run = new TestRun("rotated");
        assertThat(deliver(run.part(StreamName.ORDERS, order("1")))).isEmpty();

        // Connections that open within a second share what was read.
        Thread.sleep(1_100);
        login.rotate();

        assertThat(deliver(run.part(StreamName.ORDERS, order("2")))).isEmpty();
        assertThat(
                        Database.rows(
                                "select count(*) from warehouse.fact_orders where source = 'rotated'"))
                .containsExactly("2");
    }

    private static CleanRow order(String id) {
        return CleanRow.of(StreamName.ORDERS, id).at("2026-01-01T00:00:00Z");
    }
}

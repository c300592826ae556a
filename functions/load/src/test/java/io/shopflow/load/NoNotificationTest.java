package io.shopflow.load;

import static io.shopflow.load.TestRun.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.shopflow.core.run.Problem;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A deployment of which no run is notified. */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
@TestProfile(NoNotificationTest.NoRun.class)
class NoNotificationTest {

    /** The settings. */
    public static class NoRun implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("shopflow.load.notified-runs", "none");
        }
    }

    @Test
    void noRunIsNotified() {
        TestRun run = new TestRun("silent");

        deliver(run.manifest(Problem.of("source_unavailable", "It does not answer.")));

        assertThat(LoadFunctionTest.status(run)).isEqualTo("incomplete");
        assertThat(NotificationTest.notification(run)).isEmpty();
        assertThat(Database.rows("select run_id from etl.run_notifications")).isEmpty();
    }
}

package io.shopflow.load;

import static io.shopflow.load.TestRun.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.shopflow.core.stream.StreamName;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Notifications of a deployment with a dashboard, of which every run is notified. */
@QuarkusTest
@QuarkusTestResource(LoadTestServers.class)
@TestProfile(NotificationSettingsTest.EveryRun.class)
class NotificationSettingsTest {

    /** The settings. */
    public static class EveryRun implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "shopflow.environment", "prod",
                    "shopflow.load.notified-runs", "all",
                    "shopflow.load.dashboard-url", "https://figures.example.com/",
                    "shopflow.load.run-command", "aws sqs send-message '{source}'");
        }
    }

    @Test
    void everyRunIsNotifiedWithItsPage() {
        TestRun run = new TestRun("each");
        deliver(run.part(StreamName.ORDERS, LoadFunctionTest.order("1")), run.manifest());

        JsonNode notification = NotificationTest.notification(run).orElseThrow();

        assertThat(notification.path("environment").asText()).isEqualTo("prod");
        assertThat(notification.path("status").asText()).isEqualTo("complete");
        assertThat(notification.path("subject").asText()).endsWith("(prod)");
        assertThat(notification.path("text").asText())
                .endsWith(
                        """

                        The run's page
                        - https://figures.example.com/runs/%s
                        """
                                .formatted(run.id));
        assertThat(notification.path("chat").path("content").path("nextSteps"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "Nothing needs to be done.",
                        "The run's page: https://figures.example.com/runs/" + run.id);
    }

    @Test
    void theCommandIsThatOfTheDeployment() {
        TestRun run = new TestRun("each_incomplete");
        deliver(run.part(StreamName.ORDERS, LoadFunctionTest.order("1")), run.manifest(1));

        assertThat(NotificationTest.notification(run).orElseThrow().path("text").asText())
                .contains("run the source again: aws sqs send-message 'each_incomplete'\n");
    }
}

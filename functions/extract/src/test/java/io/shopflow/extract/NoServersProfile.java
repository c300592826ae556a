package io.shopflow.extract;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The connector needs the build's REST client, but neither bucket nor queue. */
public class NoServersProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.devservices.enabled", "false",
                "quarkus.s3.sync-client.type", "url",
                "quarkus.sqs.sync-client.type", "url",
                "quarkus.s3.aws.region", "eu-west-2",
                "quarkus.sqs.aws.region", "eu-west-2",
                "shopflow.extract-requests-queue-url", "http://localhost/none");
    }
}

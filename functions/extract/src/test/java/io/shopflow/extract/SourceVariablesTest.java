package io.shopflow.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.local.servers.LocalSecrets;
import io.shopflow.secrets.SecretException;
import io.shopflow.secrets.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Where the credentials of shops come from. */
class SourceVariablesTest {

    private final LocalSecrets server = LocalSecrets.start((key, name) -> {});
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Secrets secrets =
            new Secrets(
                    () ->
                            SecretsManagerClient.builder()
                                    .endpointOverride(server.endpoint())
                                    .region(Region.EU_WEST_2)
                                    .credentialsProvider(
                                            StaticCredentialsProvider.create(
                                                    AwsBasicCredentials.create("any", "any")))
                                    .httpClientBuilder(UrlConnectionHttpClient.builder())
                                    .build(),
                    now::get);

    @BeforeEach
    void secrets() {
        server.put("sources/a", Map.of("A_KEY", "of the secret", "BOTH", "of the secret"));
        server.put("sources/b", Map.of("B_KEY", "of the other"));
    }

    @AfterEach
    void stop() {
        secrets.close();
        server.close();
    }

    private SourceVariables variables(String... ids) {
        return new SourceVariables(
                Map.of("BOTH", "of the environment")::get, List.of(ids), secrets);
    }

    @Test
    void eachSecretHasVariablesAndTheEnvironmentWins() {
        SourceVariables variables = variables("sources/a", " sources/b");

        assertThat(variables.get("A_KEY")).isEqualTo("of the secret");
        assertThat(variables.get("B_KEY")).isEqualTo("of the other");
        assertThat(variables.get("BOTH")).isEqualTo("of the environment");
        assertThat(variables.get("NONE")).isNull();
    }

    @Test
    void aChangedKeyIsUsedMinutesLater() {
        SourceVariables variables = variables("sources/a");
        server.put("sources/a", Map.of("A_KEY", "changed"));

        now.updateAndGet(time -> time.plus(Duration.ofMinutes(6)));

        assertThat(variables.get("A_KEY")).isEqualTo("changed");
    }

    @Test
    void aMissingSecretStopsTheFunctionAtItsStart() {
        assertThatThrownBy(() -> variables("sources/a", "sources/c"))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("'sources/c' (SHOPFLOW_SOURCE_SECRETS) does not exist");
    }

    @Test
    void oneVariableInTwoSecretsIsAMistake() {
        server.put("sources/b", Map.of("A_KEY", "another"));

        assertThatThrownBy(() -> variables("sources/a", "sources/b"))
                .hasMessageContaining("'sources/a'")
                .hasMessageContaining("'sources/b'")
                .hasMessageContaining("'A_KEY'")
                .hasMessageNotContaining("another");
    }
}

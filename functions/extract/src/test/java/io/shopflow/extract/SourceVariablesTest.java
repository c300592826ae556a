package io.shopflow.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.laptop.servers.LocalSecrets;
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

/** The origin of the credentials of shops. */
class SourceVariablesTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "SHOPFLOW_A_URL", "https://a.example",
                    "SHOPFLOW_A_BOTH", "of the environment",
                    "SHOPFLOW_B_KEY", "of the other",
                    "SHOPFLOW_BUCKET", "bucket",
                    "SHOPFLOW_SOURCE_SECRETS", "shopflow-dev/sources/a",
                    "AWS_SECRET_ACCESS_KEY", "of the function",
                    "AWS_SESSION_TOKEN", "of the function",
                    "PATH", "/bin",
                    "ALLOWED", "for all");

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
        server.put(
                "shopflow-dev/sources/a",
                Map.of("A_KEY", "of the secret", "SHOPFLOW_A_BOTH", "of the secret"));
        server.put("shopflow-dev/sources/b", Map.of("B_KEY", "of the other"));
        server.put(
                "arn:aws:secretsmanager:eu-west-2:1:secret:shopflow-dev/sources/b-Ab12Cd",
                Map.of("B_KEY", "of the other"));
    }

    @AfterEach
    void stop() {
        secrets.close();
        server.close();
    }

    private SourceVariables variables(String... ids) {
        return new SourceVariables(ENVIRONMENT::get, List.of(" ALLOWED"), List.of(ids), secrets);
    }

    @Test
    void aSourceHasItsOwnSecretAndTheEnvironmentsVariablesOfItsName() {
        SourceVariables variables =
                variables(
                        "shopflow-dev/sources/a",
                        " arn:aws:secretsmanager:eu-west-2:1:secret:shopflow-dev/sources/b-Ab12Cd");

        assertThat(variables.get("a", "A_KEY")).isEqualTo("of the secret");
        assertThat(variables.get("b", "B_KEY")).isEqualTo("of the other");
        assertThat(variables.get("a", "SHOPFLOW_A_URL")).isEqualTo("https://a.example");
        assertThat(variables.get("a", "SHOPFLOW_A_BOTH")).isEqualTo("of the environment");
        assertThat(variables.get("a", "SHOPFLOW_BUCKET")).isEqualTo("bucket");
        assertThat(variables.get("a", "ALLOWED")).isEqualTo("for all");
        assertThat(variables.get("a", "NONE")).isNull();
    }

    @Test
    void nothingElseOfTheEnvironmentAndNoOtherSourcesSecretIsResolved() {
        SourceVariables variables = variables("shopflow-dev/sources/a", "shopflow-dev/sources/b");

        for (String name :
                List.of(
                        "AWS_SECRET_ACCESS_KEY",
                        "AWS_SESSION_TOKEN",
                        "SHOPFLOW_SOURCE_SECRETS",
                        "SHOPFLOW_B_KEY",
                        "B_KEY",
                        "PATH")) {
            assertThat(variables.get("a", name)).as(name).isNull();
        }
    }

    @Test
    void aVariableOfOneNameIsEachSourcesOwn() {
        server.put("shopflow-dev/sources/b", Map.of("A_KEY", "another"));
        SourceVariables variables = variables("shopflow-dev/sources/a", "shopflow-dev/sources/b");

        assertThat(variables.get("a", "A_KEY")).isEqualTo("of the secret");
        assertThat(variables.get("b", "A_KEY")).isEqualTo("another");
    }

    @Test
    void aChangedKeyIsUsedMinutesLater() {
        SourceVariables variables = variables("shopflow-dev/sources/a");
        server.put("shopflow-dev/sources/a", Map.of("A_KEY", "changed"));

        now.updateAndGet(time -> time.plus(Duration.ofMinutes(6)));

        assertThat(variables.get("a", "A_KEY")).isEqualTo("changed");
    }

    @Test
    void aMissingSecretStopsTheFunctionAtItsStart() {
        assertThatThrownBy(() -> variables("shopflow-dev/sources/a", "sources/c"))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("'sources/c' (SHOPFLOW_SOURCE_SECRETS) does not exist");
    }
}

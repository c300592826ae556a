package io.shopflow.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.shopflow.laptop.servers.LocalSecrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Secrets over the real protocol; errors never contain a secret's value. */
class SecretsTest {

    private static final Duration AGE = Duration.ofMinutes(5);
    private static final SecretReference LOGIN =
            new SecretReference("SHOPFLOW_DATABASE_SECRET", "login");

    private final List<String> asked = new ArrayList<>();
    private final LocalSecrets server = LocalSecrets.start((key, name) -> asked.add(key + name));
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Secrets secrets = new Secrets(() -> client(server.endpoint()), now::get);

    @AfterEach
    void stop() {
        secrets.close();
        server.close();
    }

    @Test
    void aSecretHasItsFields() {
        server.put("login", Map.of("username", "u", "password", "p\"ä"));

        Secret secret = secrets.read(LOGIN, AGE);

        assertThat(secret.field("username")).isEqualTo("u");
        assertThat(secret.field("password")).isEqualTo("p\"ä");
        assertThat(secret.fieldOrNull("other")).isNull();
        assertThat(secret.names()).containsExactlyInAnyOrder("username", "password");
        assertThat(secret.reference()).isEqualTo(LOGIN);
        assertThat(asked).containsExactly("anylogin");
    }

    @Test
    void aSecretIsNotPrinted() {
        server.put("login", Map.of("password", "hush"));

        assertThat(secrets.read(LOGIN, AGE).toString())
                .isEqualTo("the secret 'login' (SHOPFLOW_DATABASE_SECRET)");
    }

    @Test
    void aRotatedSecretIsReadAnewWhenItIsOldEnough() {
        server.put("login", Map.of("password", "first"));
        secrets.read(LOGIN, AGE);
        server.put("login", Map.of("password", "second"));

        now.updateAndGet(time -> time.plus(AGE));
        assertThat(secrets.read(LOGIN, AGE).field("password")).isEqualTo("first");
        assertThat(asked).hasSize(1);
        now.updateAndGet(time -> time.plusMillis(1));
        assertThat(secrets.read(LOGIN, AGE).field("password")).isEqualTo("second");
    }

    @Test
    void aMissingSecretIsNamedWithItsSetting() {
        assertThatThrownBy(() -> secrets.read(LOGIN, AGE))
                .isInstanceOf(SecretException.class)
                .hasMessage(
                        "the secret 'login' (SHOPFLOW_DATABASE_SECRET) does not exist, or has no value yet: create it, or correct the setting.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hush", "\"hush\"", "[\"hush\"]", "{\"password\": \"hush", ""})
    void whatIsNoObjectIsNamedAndNotShown(String text) {
        server.put("login", text);

        assertThatThrownBy(() -> secrets.read(LOGIN, AGE))
                .hasMessageContaining("SHOPFLOW_DATABASE_SECRET")
                .hasMessageContaining("is not a JSON object")
                .hasMessageNotContaining("hush")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"password\": \" \"}", "{\"password\": {\"a\": \"hush\"}}"})
    void aFieldWithoutTextIsNamed(String text) {
        server.put("login", text);

        assertThatThrownBy(() -> secrets.read(LOGIN, AGE).field("password"))
                .hasMessage(
                        "the secret 'login' (SHOPFLOW_DATABASE_SECRET) has no text in the field 'password': add it.");
    }

    @Test
    void anEmptySettingIsNamed() {
        assertThatThrownBy(() -> new SecretReference("SHOPFLOW_X", " "))
                .hasMessageContaining("SHOPFLOW_X is empty");
    }

    @Test
    void whatMayNotBeReadSaysWhatToAllow() throws IOException {
        assertThat(refusal("AccessDeniedException", 400))
                .contains("allow secretsmanager:GetSecretValue on it, and kms:Decrypt on its key");
        assertThat(refusal("DecryptionFailure", 400)).contains("kms:Decrypt");
    }

    @Test
    void aSecretThatIsBeingDeletedIsReported() throws IOException {
        assertThat(refusal("InvalidRequestException", 400)).contains("about to be deleted");
    }

    @Test
    void aServiceThatIsAwayIsTriedAgainLater() throws IOException {
        assertThat(refusal("InternalServiceError", 500)).contains("temporarily unavailable");
        server.close();
        assertThatThrownBy(() -> secrets.read(LOGIN, AGE))
                .hasMessageContaining("temporarily unavailable");
    }

    @Test
    void aBinarySecretSaysWhatToStore() throws IOException {
        assertThat(answer("{\"Name\": \"login\", \"SecretBinary\": \"aHVzaA==\"}", 200))
                .contains("is binary");
    }

    /** The message for a request that the service rejects with this error. */
    private String refusal(String type, int status) throws IOException {
        return answer("{\"__type\": \"%s\", \"Message\": \"no\"}".formatted(type), status);
    }

    private static String answer(String json, int status) throws IOException {
        HttpServer scripted =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        scripted.createContext(
                "/",
                exchange -> {
                    byte[] body = json.getBytes(StandardCharsets.UTF_8);
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        scripted.start();
        URI endpoint = URI.create("http://127.0.0.1:" + scripted.getAddress().getPort());
        try (Secrets secrets = new Secrets(() -> client(endpoint), Clock.systemUTC())) {
            secrets.read(LOGIN, AGE);
            throw new AssertionError("was read");
        } catch (SecretException e) {
            return String.valueOf(e.getMessage());
        } finally {
            scripted.stop(0);
        }
    }

    static SecretsManagerClient client(URI endpoint) {
        return SecretsManagerClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_WEST_2)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .overrideConfiguration(
                        override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}

package io.shopflow.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.laptop.servers.LocalSecrets;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What datasources log in with. */
class DatabaseLoginTest {

    private final List<String> asked = new ArrayList<>();
    private final LocalSecrets server = LocalSecrets.start((key, name) -> asked.add(name));
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final Secrets secrets =
            new Secrets(() -> SecretsTest.client(server.endpoint()), now::get);

    @AfterEach
    void stop() {
        secrets.close();
        server.close();
    }

    private DatabaseLogin login(Map<String, String> environment) {
        SmallRyeConfig config =
                new SmallRyeConfigBuilder()
                        .withMapping(DatabaseSecretConfig.class)
                        .withMappingIgnore("shopflow.**")
                        .withSources(new EnvConfigSource(environment, 300))
                        .build();
        return new DatabaseLogin(
                secrets, config.getConfigMapping(DatabaseSecretConfig.class), config);
    }

    @Test
    void withoutASecretThereIsNoRequest() {
        assertThatCode(() -> login(Map.of("QUARKUS_DATASOURCE_PASSWORD", "p")).check())
                .doesNotThrowAnyException();
        assertThat(asked).isEmpty();
    }

    @Test
    void connectionsThatOpenTogetherShareAnAnswerAndLaterOnesAskAgain() {
        server.put("db", Map.of("username", "u", "password", "first"));
        DatabaseLogin login = login(Map.of("SHOPFLOW_DATABASE_SECRET", "db"));

        login.check();
        assertThat(login.getCredentials("db")).isEqualTo(Map.of("user", "u", "password", "first"));
        assertThat(asked).hasSize(1);

        server.put("db", Map.of("username", "u", "password", "second"));
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(2)));
        assertThat(login.getCredentials("db")).containsEntry("password", "second");
    }

    @Test
    void aPasswordBesideTheSecretIsAMistake() {
        DatabaseLogin login =
                login(
                        Map.of(
                                "SHOPFLOW_DATABASE_SECRET", "db",
                                "QUARKUS_DATASOURCE_PASSWORD", "hush"));

        assertThatThrownBy(login::check)
                .hasMessage(
                        "Both SHOPFLOW_DATABASE_SECRET and QUARKUS_DATASOURCE_PASSWORD are set: unset one of them.")
                .hasMessageNotContaining("hush");
    }

    @Test
    void aSecretWithoutAUserStopsTheProcessAtItsStart() {
        server.put("db", Map.of("password", "hush"));
        DatabaseLogin login = login(Map.of("SHOPFLOW_DATABASE_SECRET", "db"));

        assertThatThrownBy(login::check)
                .hasMessageContaining("'username'")
                .hasMessageContaining("SHOPFLOW_DATABASE_SECRET")
                .hasMessageNotContaining("hush");
    }
}

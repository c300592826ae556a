package io.shopflow.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.laptop.servers.LocalSecrets;
import io.shopflow.secrets.Secrets;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The settings, given by environment variables, and what they come to. */
class RoleLoginsTest {

    private static MigrateConfig config(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withMapping(MigrateConfig.class)
                .withMappingIgnore("shopflow.**")
                .withSources(new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(MigrateConfig.class);
    }

    private static Map<String, String> passwords(Map<String, String> environment) {
        try (LocalSecrets server = LocalSecrets.start((key, name) -> {});
                Secrets secrets = new Secrets(() -> client(server), Clock.systemUTC())) {
            for (String role : new String[] {"loader", "dashboard", "bi"}) {
                server.put(
                        role,
                        Map.of("username", "shopflow_" + role, "password", "secret of " + role));
            }
            RoleLogins logins = new RoleLogins(config(environment), secrets);
            logins.check();
            return logins.passwords();
        }
    }

    private static SecretsManagerClient client(LocalSecrets server) {
        return SecretsManagerClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.EU_WEST_2)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @Test
    void byDefaultEachRoleIsLeftAsItIs() {
        MigrateConfig config = config(Map.of());

        assertThat(config.loaderSecret()).isEmpty();
        assertThat(config.dashboardSecret()).isEmpty();
        assertThat(config.biSecret()).isEmpty();
        assertThat(config.loaderPassword()).isEmpty();
        assertThat(config.dashboardPassword()).isEmpty();
        assertThat(config.biPassword()).isEmpty();
        assertThat(passwords(Map.of())).isEmpty();
    }

    @Test
    void eachRoleHasASecret() {
        assertThat(
                        passwords(
                                Map.of(
                                        "SHOPFLOW_LOADER_SECRET", "loader",
                                        "SHOPFLOW_DASHBOARD_SECRET", "dashboard",
                                        "SHOPFLOW_BI_SECRET", "bi")))
                .isEqualTo(
                        Map.of(
                                "shopflow_loader", "secret of loader",
                                "shopflow_dashboard", "secret of dashboard",
                                "shopflow_bi", "secret of bi"));
    }

    @Test
    void eachRoleMayHaveAPasswordInstead() {
        assertThat(
                        passwords(
                                Map.of(
                                        "SHOPFLOW_LOADER_PASSWORD", "l",
                                        "SHOPFLOW_DASHBOARD_PASSWORD", "d",
                                        "SHOPFLOW_BI_PASSWORD", "b")))
                .isEqualTo(
                        Map.of(
                                "shopflow_loader", "l",
                                "shopflow_dashboard", "d",
                                "shopflow_bi", "b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOADER", "DASHBOARD", "BI"})
    void bothForOneRoleIsAMistake(String role) {
        String secret = "SHOPFLOW_" + role + "_SECRET";
        String password = "SHOPFLOW_" + role + "_PASSWORD";

        assertThatThrownBy(() -> passwords(Map.of(secret, "loader", password, "hush")))
                .hasMessage("Both " + secret + " and " + password + " are set: unset one of them.")
                .hasMessageNotContaining("hush");
    }

    @Test
    void theSecretOfAnotherUserIsAMistake() {
        assertThatThrownBy(() -> passwords(Map.of("SHOPFLOW_BI_SECRET", "loader")))
                .hasMessageContaining("'loader' (SHOPFLOW_BI_SECRET)")
                .hasMessageContaining("must be 'shopflow_bi'");
    }
}

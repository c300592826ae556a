package io.shopflow.secrets;

import io.quarkus.credentials.CredentialsProvider;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * The login of a datasource whose {@code quarkus.datasource.credentials-provider} names a secret.
 * Read for each new connection, so that the next connection uses a rotated password without a
 * failure first.
 */
@Singleton
class DatabaseLogin implements CredentialsProvider {

    static final String SETTING = "SHOPFLOW_DATABASE_SECRET";

    /**
     * Connections that open at the same time share one response; the first also shares the one of
     * the start.
     */
    private static final Duration AGE = Duration.ofSeconds(1);

    private final Secrets secrets;
    private final Optional<String> secretId;
    private final boolean plainPassword;

    DatabaseLogin(Secrets secrets, DatabaseSecretConfig config, Config all) {
        this.secrets = secrets;
        this.secretId = config.databaseSecret();
        this.plainPassword =
                all.getOptionalValue("quarkus.datasource.password", String.class).isPresent();
    }

    /** An unusable login fails the start. */
    @Startup
    void check() {
        if (secretId.isPresent()) {
            if (plainPassword) {
                throw new SecretException(
                        "Both %s and QUARKUS_DATASOURCE_PASSWORD are set: unset one of them."
                                .formatted(SETTING));
            }
            getCredentials(secretId.get());
        }
    }

    @Override
    public Map<String, String> getCredentials(String secret) {
        Secret login = secrets.read(new SecretReference(SETTING, secret), AGE);
        return Map.of(
                USER_PROPERTY_NAME,
                login.field("username"),
                PASSWORD_PROPERTY_NAME,
                login.field("password"));
    }
}

package io.shopflow.secrets;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The login of the database. */
@ConfigMapping(prefix = "shopflow")
public interface DatabaseSecretConfig {

    /**
     * The name or ARN of the secret with the database's login, the fields {@code username} and
     * {@code password}, instead of {@code QUARKUS_DATASOURCE_USERNAME} and {@code
     * QUARKUS_DATASOURCE_PASSWORD}. It is read for each new connection, so it may be rotated at any
     * time.
     */
    Optional<String> databaseSecret();
}

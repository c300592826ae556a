package io.shopflow.secrets;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The secrets of the account and region that the process runs in. */
@Singleton
class SecretsBeans {

    /** Long enough for a slow response; far shorter than any invocation. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Produces
    @Singleton
    Secrets secrets() {
        return new Secrets(SecretsBeans::connect, Clock.systemUTC());
    }

    void close(@Disposes Secrets secrets) {
        secrets.close();
    }

    private static SecretsManagerClient connect() {
        return SecretsManagerClient.builder()
                .httpClientBuilder(
                        UrlConnectionHttpClient.builder()
                                .connectionTimeout(PATIENCE)
                                .socketTimeout(PATIENCE))
                .build();
    }
}

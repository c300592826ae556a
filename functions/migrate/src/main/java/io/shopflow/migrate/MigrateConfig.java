package io.shopflow.migrate;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The function's settings, except those of the data source. */
@ConfigMapping(prefix = "shopflow")
public interface MigrateConfig {

    /**
     * The name or ARN of the secret with the login of the role {@code shopflow_loader}: the fields
     * {@code username} and {@code password}.
     */
    Optional<String> loaderSecret();

    /**
     * The name or ARN of the secret with the login of the role {@code shopflow_dashboard}: the
     * fields {@code username} and {@code password}.
     */
    Optional<String> dashboardSecret();

    /**
     * The name or ARN of the secret with the login of the role {@code shopflow_bi}: the fields
     * {@code username} and {@code password}.
     */
    Optional<String> biSecret();

    /**
     * The password of the role {@code shopflow_loader}, instead of a secret. With neither, the role
     * is left unchanged.
     */
    Optional<String> loaderPassword();

    /**
     * The password of the role {@code shopflow_dashboard}, instead of a secret. With neither, the
     * role is left unchanged.
     */
    Optional<String> dashboardPassword();

    /**
     * The password of the role {@code shopflow_bi}, instead of a secret. With neither, the role is
     * left unchanged.
     */
    Optional<String> biPassword();
}

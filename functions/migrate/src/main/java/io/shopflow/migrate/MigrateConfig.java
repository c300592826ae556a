package io.shopflow.migrate;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The function's settings, besides those of the datasource. */
@ConfigMapping(prefix = "shopflow")
public interface MigrateConfig {

    /**
     * The name or ARN of the secret, the fields {@code username} and {@code password}, with which
     * the role {@code shopflow_loader} may log in.
     */
    Optional<String> loaderSecret();

    /**
     * The name or ARN of the secret, the fields {@code username} and {@code password}, with which
     * the role {@code shopflow_dashboard} may log in.
     */
    Optional<String> dashboardSecret();

    /**
     * The name or ARN of the secret, the fields {@code username} and {@code password}, with which
     * the role {@code shopflow_bi} may log in.
     */
    Optional<String> biSecret();

    /**
     * Lets the role {@code shopflow_loader} log in with this password, instead of a secret. With
     * neither it is left as it is.
     */
    Optional<String> loaderPassword();

    /**
     * Lets the role {@code shopflow_dashboard} log in with this password, instead of a secret. With
     * neither it is left as it is.
     */
    Optional<String> dashboardPassword();

    /**
     * Lets the role {@code shopflow_bi} log in with this password, instead of a secret. With
     * neither it is left as it is.
     */
    Optional<String> biPassword();
}

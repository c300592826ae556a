package io.shopflow.migrate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The function's settings, besides those of the datasource. */
@ConfigMapping(prefix = "shopflow")
public interface MigrateConfig {

    /** The deployment's name: a dimension of all metrics. */
    @WithDefault("laptop")
    String environment();

    /**
     * The name or ARN of the secret, {@code {"username", "password"}}, with which the role {@code
     * shopflow_loader} may log in.
     */
    Optional<String> loaderSecret();

    /** The same for the role {@code shopflow_dashboard}. */
    Optional<String> dashboardSecret();

    /** The same for the role {@code shopflow_bi}. */
    Optional<String> biSecret();

    /**
     * The password with which the role {@code shopflow_loader} may log in, for where there is no
     * Secrets Manager. With neither it is left as it is.
     */
    Optional<String> loaderPassword();

    /** The same for the role {@code shopflow_dashboard}. */
    Optional<String> dashboardPassword();

    /** The same for the role {@code shopflow_bi}. */
    Optional<String> biPassword();
}

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
     * Lets the role {@code shopflow_dashboard} log in with this password; none leaves it as it is.
     */
    Optional<String> dashboardPassword();

    /** Lets the role {@code shopflow_loader} log in with this password; none leaves it as it is. */
    Optional<String> loaderPassword();
}

package io.shopflow.migrate;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The function's settings, besides those of the datasource. */
@ConfigMapping(prefix = "shopflow")
public interface MigrateConfig {

    /**
     * Lets the role {@code shopflow_dashboard} log in with this password; none leaves it as it is.
     */
    Optional<String> dashboardPassword();

    /** Lets the role {@code shopflow_loader} log in with this password; none leaves it as it is. */
    Optional<String> loaderPassword();
}

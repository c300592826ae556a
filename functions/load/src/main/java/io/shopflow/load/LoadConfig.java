package io.shopflow.load;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The function's settings, besides those of the datasource and of S3. */
@ConfigMapping(prefix = "shopflow")
public interface LoadConfig {

    /** The data bucket. */
    @WithDefault("shopflow-data")
    String bucket();

    /** The deployment's name: a dimension of all metrics. */
    @WithDefault("laptop")
    String environment();
}

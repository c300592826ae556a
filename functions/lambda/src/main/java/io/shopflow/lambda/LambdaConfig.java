package io.shopflow.lambda;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The settings of every function. */
@ConfigMapping(prefix = "shopflow")
public interface LambdaConfig {

    /** The deployment, the dimension {@code Environment} of all metrics. */
    @WithDefault("laptop")
    String environment();
}

package io.shopflow.transform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The function's settings. */
@ConfigMapping(prefix = "shopflow")
public interface TransformConfig {

    /** The data bucket. */
    @WithDefault("shopflow-data")
    String bucket();

    /** The deployment's name: a dimension of all metrics. */
    @WithDefault("laptop")
    String environment();

    /** Names the pseudonym key; recorded with everything that the key made. */
    String pseudonymKeyId();

    /** The pseudonym key: at least 32 bytes, in Base64. A secret. */
    String pseudonymKey();
}

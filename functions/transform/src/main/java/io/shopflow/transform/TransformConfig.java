package io.shopflow.transform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The function's settings. */
@ConfigMapping(prefix = "shopflow")
public interface TransformConfig {

    /** The data bucket. */
    @WithDefault("shopflow-data")
    String bucket();

    /**
     * The name or ARN of the secret with the pseudonym key: its name in the field {@code id}, and
     * at least 32 bytes in Base64 in {@code key}. Required unless {@code SHOPFLOW_PSEUDONYM_KEY_ID}
     * and {@code SHOPFLOW_PSEUDONYM_KEY} are set.
     */
    Optional<String> pseudonymKeySecret();

    /** Names the pseudonym key; recorded with everything that the key made. */
    Optional<String> pseudonymKeyId();

    /** The pseudonym key itself, for installations without Secrets Manager. A secret. */
    Optional<String> pseudonymKey();
}

package io.shopflow.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The settings as environment variables, like in Lambda. */
class TransformConfigTest {

    static TransformConfig config(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withMapping(TransformConfig.class)
                .withMappingIgnore("shopflow.**")
                .withSources(new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(TransformConfig.class);
    }

    @Test
    void defaults() {
        TransformConfig config = config(Map.of());

        assertThat(config.bucket()).isEqualTo("shopflow-data");
        assertThat(config.pseudonymKeySecret()).isEmpty();
        assertThat(config.pseudonymKeyId()).isEmpty();
        assertThat(config.pseudonymKey()).isEmpty();
    }

    @Test
    void everyKeySet() {
        TransformConfig config =
                config(
                        Map.of(
                                "SHOPFLOW_BUCKET", "other",
                                "SHOPFLOW_PSEUDONYM_KEY_SECRET", "s",
                                "SHOPFLOW_PSEUDONYM_KEY_ID", "k",
                                "SHOPFLOW_PSEUDONYM_KEY", "v"));

        assertThat(config.bucket()).isEqualTo("other");
        assertThat(config.pseudonymKeySecret()).contains("s");
        assertThat(config.pseudonymKeyId()).contains("k");
        assertThat(config.pseudonymKey()).contains("v");
    }
}

package io.shopflow.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The settings, given as Lambda gives them: by environment variables. */
class TransformConfigTest {

    private static TransformConfig config(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withMapping(TransformConfig.class)
                .withMappingIgnore("shopflow.**")
                .withSources(new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(TransformConfig.class);
    }

    @Test
    void bucketAndEnvironmentHaveDefaults() {
        TransformConfig config =
                config(
                        Map.of(
                                "SHOPFLOW_PSEUDONYM_KEY_ID", "2026-01",
                                "SHOPFLOW_PSEUDONYM_KEY", "c2VjcmV0"));

        assertThat(config.bucket()).isEqualTo("shopflow-data");
        assertThat(config.environment()).isEqualTo("laptop");
        assertThat(config.pseudonymKeyId()).isEqualTo("2026-01");
        assertThat(config.pseudonymKey()).isEqualTo("c2VjcmV0");
    }

    @Test
    void everythingCanBeSet() {
        TransformConfig config =
                config(
                        Map.of(
                                "SHOPFLOW_BUCKET", "other",
                                "SHOPFLOW_ENVIRONMENT", "prod",
                                "SHOPFLOW_PSEUDONYM_KEY_ID", "k",
                                "SHOPFLOW_PSEUDONYM_KEY", "v"));

        assertThat(config.bucket()).isEqualTo("other");
        assertThat(config.environment()).isEqualTo("prod");
    }

    @Test
    void aMissingKeyIsNamed() {
        assertThatThrownBy(() -> config(Map.of("SHOPFLOW_PSEUDONYM_KEY_ID", "k")))
                .hasMessageContaining("shopflow.pseudonym-key");
    }
}

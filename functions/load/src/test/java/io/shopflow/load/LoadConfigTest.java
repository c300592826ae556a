package io.shopflow.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings, given as Lambda gives them: by environment variables. */
class LoadConfigTest {

    private static LoadConfig config(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withMapping(LoadConfig.class)
                .withMappingIgnore("shopflow.**")
                .withSources(new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(LoadConfig.class);
    }

    @Test
    void defaults() {
        LoadConfig config = config(Map.of());

        assertThat(config.bucket()).isEqualTo("shopflow-data");
        assertThat(config.load().maxRejectedPercent()).isEqualTo(20);
    }

    @Test
    void everyKeySet() {
        LoadConfig config =
                config(
                        Map.of(
                                "SHOPFLOW_BUCKET",
                                "other",
                                "SHOPFLOW_LOAD_MAX_REJECTED_PERCENT",
                                "35"));

        assertThat(config.bucket()).isEqualTo("other");
        assertThat(config.load().maxRejectedPercent()).isEqualTo(35);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "100.1", "many"})
    void aSettingOutOfItsBoundsIsNamedWithItsValue(String value) {
        assertThatThrownBy(() -> config(Map.of("SHOPFLOW_LOAD_MAX_REJECTED_PERCENT", value)))
                .hasStackTraceContaining("shopflow.load.max-rejected-percent")
                .hasStackTraceContaining(value);
    }
}

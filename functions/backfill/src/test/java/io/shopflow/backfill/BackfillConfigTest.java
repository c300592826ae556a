package io.shopflow.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackfillConfigTest {

    @Test
    void defaults() {
        BackfillConfig config = config(Map.of());

        assertThat(config.bucket()).isEqualTo("shopflow-data");
        assertThat(config.backfill().maxQuarantinedPercent()).isEqualTo(5);
    }

    @Test
    void everyKeySet() {
        BackfillConfig config =
                config(
                        Map.of(
                                "shopflow.bucket",
                                "b",
                                "shopflow.backfill.max-quarantined-percent",
                                "0.5"));

        assertThat(config.bucket()).isEqualTo("b");
        assertThat(config.backfill().maxQuarantinedPercent()).isEqualTo(0.5);
    }

    private static BackfillConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .withMapping(BackfillConfig.class)
                .build()
                .getConfigMapping(BackfillConfig.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "100.1", "many"})
    void aSettingOutOfItsBoundsIsNamedWithItsValue(String value) {
        assertThatThrownBy(() -> config(Map.of("shopflow.backfill.max-quarantined-percent", value)))
                .hasStackTraceContaining("shopflow.backfill.max-quarantined-percent")
                .hasStackTraceContaining(value);
    }
}

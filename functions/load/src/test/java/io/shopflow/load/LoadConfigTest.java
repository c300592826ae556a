package io.shopflow.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopflow.load.notification.NotifiedRuns;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
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
        assertThat(config.load().notifiedRuns()).isEqualTo(NotifiedRuns.PROBLEMS);
        assertThat(config.load().dashboardUrl()).isEmpty();
        assertThat(config.load().runCommand()).isEqualTo("./shopflow run --source {source}");
    }

    @Test
    void everyKeySet() {
        LoadConfig config =
                config(
                        Map.of(
                                "SHOPFLOW_BUCKET",
                                "other",
                                "SHOPFLOW_LOAD_MAX_REJECTED_PERCENT",
                                "35",
                                "SHOPFLOW_LOAD_NOTIFIED_RUNS",
                                "none",
                                "SHOPFLOW_LOAD_DASHBOARD_URL",
                                "https://figures.example.com",
                                "SHOPFLOW_LOAD_RUN_COMMAND",
                                "run {source}"));

        assertThat(config.bucket()).isEqualTo("other");
        assertThat(config.load().maxRejectedPercent()).isEqualTo(35);
        assertThat(config.load().notifiedRuns()).isEqualTo(NotifiedRuns.NONE);
        assertThat(config.load().dashboardUrl())
                .contains(URI.create("https://figures.example.com"));
        assertThat(config.load().runCommand()).isEqualTo("run {source}");
    }

    @Test
    void anUnknownChoiceOfRunsIsNamed() {
        assertThatThrownBy(() -> config(Map.of("SHOPFLOW_LOAD_NOTIFIED_RUNS", "some")))
                .hasStackTraceContaining("shopflow.load.notified-runs")
                .hasStackTraceContaining("some");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "100.1", "many"})
    void aSettingOutOfItsBoundsIsNamedWithItsValue(String value) {
        assertThatThrownBy(() -> config(Map.of("SHOPFLOW_LOAD_MAX_REJECTED_PERCENT", value)))
                .hasStackTraceContaining("shopflow.load.max-rejected-percent")
                .hasStackTraceContaining(value);
    }
}

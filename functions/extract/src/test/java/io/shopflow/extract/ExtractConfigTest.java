package io.shopflow.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractConfigTest {

    private static final String QUEUE = "shopflow.extract-requests-queue-url";

    @Test
    void defaults() {
        ExtractConfig config = config(Map.of(QUEUE, "http://queue"));

        assertThat(config.bucket()).isEqualTo("shopflow-data");
        assertThat(config.requestsQueueUrl()).isEqualTo("http://queue");
        assertThat(config.sourceSecrets()).isEmpty();
        assertThat(config.extract().folders()).isEmpty();
        assertThat(config.sourceAllowedVariables()).isEmpty();
        assertThat(config.extract().partRows()).isEqualTo(50_000);
        assertThat(config.extract().partBytes()).isEqualTo(16 * 1024 * 1024);
        assertThat(config.extract().timeout()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.extract().timeMargin()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.extract().lease()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.extract().retryDelay()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.extract().retries()).isEqualTo(2);
        assertThat(config.extract().unavailableDelay()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.extract().requestsPerMinute()).isEqualTo(100);
        assertThat(config.extract().hostPause()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void everyKeySet() {
        ExtractConfig config =
                config(
                        Map.ofEntries(
                                Map.entry(QUEUE, "http://other"),
                                Map.entry("shopflow.bucket", "b"),
                                Map.entry("shopflow.source-secrets", "one,two"),
                                Map.entry("shopflow.source-allowed-variables", "A,B"),
                                Map.entry("shopflow.extract.folders", "/list"),
                                Map.entry("shopflow.extract.part-rows", "7"),
                                Map.entry("shopflow.extract.part-bytes", "2048"),
                                Map.entry("shopflow.extract.timeout", "30S"),
                                Map.entry("shopflow.extract.time-margin", "5S"),
                                Map.entry("shopflow.extract.lease", "2M"),
                                Map.entry("shopflow.extract.retry-delay", "1M"),
                                Map.entry("shopflow.extract.retries", "0"),
                                Map.entry("shopflow.extract.unavailable-delay", "15M"),
                                Map.entry("shopflow.extract.requests-per-minute", "60"),
                                Map.entry("shopflow.extract.host-pause", "1M")));

        assertThat(config.bucket()).isEqualTo("b");
        assertThat(config.requestsQueueUrl()).isEqualTo("http://other");
        assertThat(config.sourceSecrets()).contains(List.of("one", "two"));
        assertThat(config.extract().folders()).contains("/list");
        assertThat(config.sourceAllowedVariables()).contains(List.of("A", "B"));
        assertThat(config.extract().partRows()).isEqualTo(7);
        assertThat(config.extract().partBytes()).isEqualTo(2048);
        assertThat(config.extract().timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.extract().timeMargin()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.extract().lease()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.extract().retryDelay()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.extract().retries()).isZero();
        assertThat(config.extract().unavailableDelay()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.extract().requestsPerMinute()).isEqualTo(60);
        assertThat(config.extract().hostPause()).isEqualTo(Duration.ofMinutes(1));
    }

    private static ExtractConfig config(Map<String, String> properties) {
        SmallRyeConfig config =
                new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(properties, "test", 100))
                        .withConverter(
                                Duration.class,
                                100,
                                new io.quarkus.runtime.configuration.DurationConverter())
                        .withMapping(ExtractConfig.class)
                        .build();
        return config.getConfigMapping(ExtractConfig.class);
    }

    @ParameterizedTest
    @CsvSource({
        "shopflow.extract.part-rows, 0",
        "shopflow.extract.part-bytes, 0",
        "shopflow.extract.retries, -1",
        "shopflow.extract.retries, some"
    })
    void aSettingOutOfItsBoundsIsNamedWithItsValue(String name, String value) {
        assertThatThrownBy(() -> config(Map.of(QUEUE, "http://127.0.0.1/queue", name, value)))
                .hasStackTraceContaining(name)
                .hasStackTraceContaining(value);
    }
}

package io.shopflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DashboardConfigTest {
    @Test
    void everyKeyHasADefault() {
        DashboardConfig config = config(Map.of());
        assertThat(config.staleAfter()).isEqualTo(Duration.ofDays(1));
        assertThat(config.runStoppedAfter()).isEqualTo(Duration.ofHours(2));
        assertThat(config.pollInterval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.zone()).isEqualTo(ZoneId.of("Europe/London"));
        assertThat(config.rankingRows()).isEqualTo(10);
        assertThat(config.hosts()).isEmpty();
        assertThat(config.signIn().loadBalancerArn()).isEmpty();
        assertThat(config.signIn().issuer()).isEmpty();
        assertThat(config.signIn().keys()).isEmpty();
        assertThat(config.signIn().trustNetwork()).isFalse();
    }

    @Test
    void everyKeyCanBeSet() {
        DashboardConfig config =
                config(
                        Map.of(
                                "shopflow.dashboard.stale-after", "2H",
                                "shopflow.dashboard.run-stopped-after", "30M",
                                "shopflow.dashboard.poll-interval", "1S",
                                "shopflow.dashboard.zone", "America/Sao_Paulo",
                                "shopflow.dashboard.ranking-rows", "5",
                                "shopflow.dashboard.hosts", "a,b",
                                "shopflow.dashboard.sign-in.load-balancer-arn", "arn:any",
                                "shopflow.dashboard.sign-in.issuer", "https://issuer.test",
                                "shopflow.dashboard.sign-in.keys", "https://keys.test",
                                "shopflow.dashboard.sign-in.trust-network", "true"));
        assertThat(config.staleAfter()).isEqualTo(Duration.ofHours(2));
        assertThat(config.runStoppedAfter()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.pollInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.zone()).isEqualTo(ZoneId.of("America/Sao_Paulo"));
        assertThat(config.rankingRows()).isEqualTo(5);
        assertThat(config.hosts()).contains(List.of("a", "b"));
        assertThat(config.signIn().loadBalancerArn()).contains("arn:any");
        assertThat(config.signIn().issuer()).contains("https://issuer.test");
        assertThat(config.signIn().keys()).contains("https://keys.test");
        assertThat(config.signIn().trustNetwork()).isTrue();
    }

    private static DashboardConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(DashboardConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(
                        ZoneId.class, 200, new io.quarkus.runtime.configuration.ZoneIdConverter())
                .withDefaultValues(values)
                .build()
                .getConfigMapping(DashboardConfig.class);
    }
}

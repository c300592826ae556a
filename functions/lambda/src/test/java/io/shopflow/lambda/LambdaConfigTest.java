package io.shopflow.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The settings, given as Lambda gives them: by environment variables. */
class LambdaConfigTest {

    @Test
    void theEnvironmentIsTheLaptopUnlessItIsNamed() {
        assertThat(config(Map.of()).environment()).isEqualTo("laptop");
        assertThat(config(Map.of("SHOPFLOW_ENVIRONMENT", "prod")).environment()).isEqualTo("prod");
    }

    private static LambdaConfig config(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withMapping(LambdaConfig.class)
                .withMappingIgnore("shopflow.**")
                .withSources(new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(LambdaConfig.class);
    }
}

package io.shopflow.dashboard.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.shopflow.dashboard.DashboardConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInRulesTest {
    private static final String ALL = "0.0.0.0";
    private static final Map<String, String> COMPLETE =
            Map.of("load-balancer-arn", LoadBalancer.ARN, "issuer", LoadBalancer.ISSUER);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
    void onOneMachineNobodySignsIn(String host) {
        assertThat(SignInRules.of(config(Map.of()), host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {ALL, "::", "10.0.0.1"})
    void whatOtherMachinesReachDoesNotStartWithoutASignIn(String host) {
        assertThatThrownBy(() -> SignInRules.of(config(Map.of()), host))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("SHOPFLOW_DASHBOARD_SIGN_IN_LOAD_BALANCER_ARN is not set")
                .hasMessageContaining("listens at " + host);
    }

    @Test
    void aTrustedNetworkIsNamedAsSuch() {
        assertThat(SignInRules.of(config(Map.of("trust-network", "true")), ALL)).isEmpty();
    }

    @Test
    void theLoadBalancersSignatureIsRequiredEverywhere() {
        SignInRules rules = SignInRules.of(config(COMPLETE), "127.0.0.1").orElseThrow();

        assertThat(rules.loadBalancerArn()).isEqualTo(LoadBalancer.ARN);
        assertThat(rules.issuer()).isEqualTo(LoadBalancer.ISSUER);
        assertThat(rules.keys())
                .isEqualTo(URI.create("https://public-keys.auth.elb.eu-west-2.amazonaws.com/"));
    }

    @Test
    void theIssuerIsPartOfIt() {
        assertThatThrownBy(
                        () ->
                                SignInRules.of(
                                        config(Map.of("load-balancer-arn", LoadBalancer.ARN)), ALL))
                .hasMessageContaining("SHOPFLOW_DASHBOARD_SIGN_IN_ISSUER is not set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shopflow-dashboard",
                "arn:aws:s3:::shopflow-data",
                "arn:aws:elasticloadbalancing:eu-west-2:111122223333:loadbalancer/net/a/0123456789abcdef"
            })
    void anythingElseIsNoLoadBalancer(String arn) {
        assertThatThrownBy(() -> SignInRules.of(with("load-balancer-arn", arn), ALL))
                .hasMessageContaining("SHOPFLOW_DASHBOARD_SIGN_IN_LOAD_BALANCER_ARN")
                .hasMessageContaining("is not the ARN of a load balancer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://keys.test", "keys", "file:///keys", "https://a b"})
    void keysComeByHttpsOnly(String keys) {
        assertThatThrownBy(() -> SignInRules.of(with("keys", keys), ALL))
                .hasMessageContaining("SHOPFLOW_DASHBOARD_SIGN_IN_KEYS");
    }

    private static DashboardConfig.SignIn with(String property, String value) {
        Map<String, String> values = new HashMap<>(COMPLETE);
        values.put(property, value);
        return config(values);
    }

    private static DashboardConfig.SignIn config(Map<String, String> values) {
        Map<String, String> properties = new HashMap<>();
        values.forEach(
                (name, value) -> properties.put("shopflow.dashboard.sign-in." + name, value));
        return new SmallRyeConfigBuilder()
                .withMapping(DashboardConfig.class)
                .withConverter(
                        java.time.Duration.class,
                        200,
                        new io.quarkus.runtime.configuration.DurationConverter())
                .withDefaultValues(properties)
                .build()
                .getConfigMapping(DashboardConfig.class)
                .signIn();
    }
}

package io.shopflow.dashboard.signin;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.shopflow.dashboard.DashboardConfig;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The signature that requests must have.
 *
 * @param loadBalancerArn of the load balancer that signs
 * @param issuer at which readers sign in
 * @param keys address of the public keys; ends with a slash
 */
record SignInRules(String loadBalancerArn, String issuer, URI keys) {

    private static final String PREFIX = "shopflow.dashboard.sign-in.";

    private static final Pattern LOAD_BALANCER =
            Pattern.compile(
                    "arn:aws[a-z-]*:elasticloadbalancing:(?<region>[a-z0-9-]+):[0-9]{12}:loadbalancer/app/[A-Za-z0-9-]+/[0-9a-f]+");

    /**
     * The configured rules; none if only this machine can reach the dashboard, or if the network is
     * trusted.
     *
     * @param host at which the dashboard listens
     * @throws ConfigurationException if figures would be open to other machines without an explicit
     *     setting
     */
    static Optional<SignInRules> of(DashboardConfig.SignIn config, String host) {
        if (config.loadBalancerArn().isEmpty()) {
            if (config.trustNetwork() || isThisMachineOnly(host)) {
                return Optional.empty();
            }
            throw wrong(
                    "load-balancer-arn",
                    "is not set, and the dashboard listens at %s: anyone who reaches it could read all figures. Name the load balancer at which readers sign in, or set SHOPFLOW_DASHBOARD_SIGN_IN_TRUST_NETWORK=true where the network lets nobody else in."
                            .formatted(host));
        }
        String arn = config.loadBalancerArn().get();
        Matcher loadBalancer = LOAD_BALANCER.matcher(arn);
        if (!loadBalancer.matches()) {
            throw wrong(
                    "load-balancer-arn", "'%s' is not the ARN of a load balancer.".formatted(arn));
        }
        String issuer =
                config.issuer()
                        .orElseThrow(
                                () ->
                                        wrong(
                                                "issuer",
                                                "is not set; it is required with SHOPFLOW_DASHBOARD_SIGN_IN_LOAD_BALANCER_ARN."));
        return Optional.of(
                new SignInRules(
                        arn,
                        issuer,
                        keys(
                                config.keys()
                                        .orElse(
                                                "https://public-keys.auth.elb.%s.amazonaws.com/"
                                                        .formatted(
                                                                loadBalancer.group("region"))))));
    }

    private static URI keys(String address) {
        URI keys;
        try {
            keys = URI.create(address.endsWith("/") ? address : address + "/");
        } catch (IllegalArgumentException e) {
            throw wrong("keys", "'%s' is not an address.".formatted(address));
        }
        boolean onThisMachine =
                "http".equals(keys.getScheme())
                        && Set.of("127.0.0.1", "localhost", "[::1]")
                                .contains(String.valueOf(keys.getHost()));
        // A server that controls the address of the keys could sign in as any reader.
        if (keys.getHost() == null || !("https".equals(keys.getScheme()) || onThisMachine)) {
            throw wrong("keys", "'%s' is not an https address.".formatted(address));
        }
        return keys;
    }

    private static boolean isThisMachineOnly(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static ConfigurationException wrong(String property, String what) {
        String variable = (PREFIX + property).toUpperCase(Locale.ROOT);
        return new ConfigurationException(
                variable.replaceAll("[^A-Z]", "_") + " " + what, Set.of(PREFIX + property));
    }
}

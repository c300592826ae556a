package io.shopflow.dashboard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Settings of the dashboard. */
@ConfigMapping(prefix = "shopflow.dashboard")
public interface DashboardConfig {
    /** Age of the newest complete run from which on the page says that its figures are old. */
    @WithDefault("24H")
    Duration staleAfter();

    /** A run of which nothing has arrived for so long is shown as stopped. */
    @WithDefault("2H")
    Duration runStoppedAfter();

    /** How often an open page asks whether there is newer data. */
    @WithDefault("15S")
    Duration pollInterval();

    /** Zone of the times of runs; business dates have the shop's zone already. */
    @WithDefault("Europe/London")
    ZoneId zone();

    /** Rows of each ranking. */
    @WithDefault("10")
    @Min(1)
    @Max(100)
    int rankingRows();

    /**
     * The host names that requests may be for. Set where no load balancer is in front: a page on
     * the internet could make its own name point here, and read the figures.
     */
    Optional<List<String>> hosts();

    /** How requests show that a reader has signed in. */
    SignIn signIn();

    /** Sign-in at the load balancer in front. */
    interface SignIn {
        /**
         * The ARN of the load balancer at which readers sign in: requests that do not bear its
         * signature are refused. Required where the dashboard listens to other machines.
         */
        Optional<String> loadBalancerArn();

        /** The issuer at which readers sign in, in AWS the user pool's. Required with the ARN. */
        Optional<String> issuer();

        /**
         * Where the load balancer's public keys are, each under its id. If it is not set, the
         * address that AWS has for the load balancer's region.
         */
        Optional<String> keys();

        /**
         * Whether whoever reaches the port may read, although it is open to other machines: then
         * the network alone protects the figures.
         */
        @WithDefault("false")
        boolean trustNetwork();
    }
}

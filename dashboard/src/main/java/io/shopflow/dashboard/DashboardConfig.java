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
    /** The age of the newest complete run above which the page marks its figures as old. */
    @WithDefault("24H")
    Duration staleAfter();

    /**
     * A run that is not closed is shown as stopped when nothing of it has arrived for this long.
     */
    @WithDefault("2H")
    Duration runStoppedAfter();

    /** How often an open page checks for newer data. */
    @WithDefault("15S")
    Duration pollInterval();

    /**
     * The time zone in which the times of runs are shown. Business dates are in the shop's zone.
     */
    @WithDefault("Europe/London")
    ZoneId zone();

    /** The length of each ranking. */
    @WithDefault("10")
    @Min(1)
    @Max(100)
    int rankingRows();

    /**
     * The host names that requests may be for; others are rejected. Set it where no load balancer
     * is in front, because a page on the internet could make its own host name resolve to this
     * server, and read the figures.
     */
    Optional<List<String>> hosts();

    /** How requests show that a reader has signed in. */
    SignIn signIn();

    /** Sign-in at the load balancer in front. */
    interface SignIn {
        /**
         * The ARN of the load balancer at which readers sign in: requests without its signature are
         * rejected. Required if other machines can reach the dashboard.
         */
        Optional<String> loadBalancerArn();

        /** The issuer at which readers sign in, in AWS the user pool. Required with the ARN. */
        Optional<String> issuer();

        /**
         * The address of the load balancer's public keys, each under its id. By default, AWS's
         * address for the load balancer's region.
         */
        Optional<String> keys();

        /**
         * Whether anyone who can reach the port may read, even if other machines can. Then only the
         * network protects the figures.
         */
        @WithDefault("false")
        boolean trustNetwork();
    }
}

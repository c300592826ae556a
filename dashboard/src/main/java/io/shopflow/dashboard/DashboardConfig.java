package io.shopflow.dashboard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What whoever runs the dashboard may set. */
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
}

package io.shopflow.laptop.supervisor;

import io.shopflow.laptop.folder.DataFolder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The settings of a stack.
 *
 * @param home the repository
 * @param dashboardPort 0 takes a free one; empty: the one stored in the data folder, else 8080
 * @param demo whether the simulated shop runs and is extracted periodically
 * @param dashboard whether the dashboard runs
 * @param demoInterval between two runs of the simulated shop
 * @param conditions for the functions
 */
public record StackSettings(
        Path home,
        DataFolder folder,
        OptionalInt dashboardPort,
        boolean demo,
        boolean dashboard,
        Duration demoInterval,
        Conditions conditions) {

    /**
     * Conditions that a test can make harder for the functions.
     *
     * @param visibility how long a received message stays hidden
     * @param maxReceives receives after which it becomes a dead letter
     * @param concurrency the most processes of a function; empty: depends on the machine
     * @param proxies between the functions and {@code S3} or {@code PostgreSQL}, and between S3,
     *     which sends events, and {@code SQS}
     * @param variables of every function, which override its own
     */
    public record Conditions(
            Duration visibility,
            int maxReceives,
            OptionalInt concurrency,
            Map<String, URI> proxies,
            Map<String, String> variables) {

        public Conditions {
            proxies = Map.copyOf(proxies);
            variables = Map.copyOf(variables);
        }

        /**
         * The normal conditions; a message is hidden for six times the timeout, as AWS recommends.
         */
        static Conditions normal() {
            return new Conditions(
                    Deployment.TIMEOUT.multipliedBy(6), 5, OptionalInt.empty(), Map.of(), Map.of());
        }
    }

    /** The default port of the dashboard. */
    public static final int DEFAULT_DASHBOARD_PORT = 8080;

    /** All parts, like {@code ./shopflow up}. */
    public static StackSettings everything(Path home, DataFolder folder) {
        return new StackSettings(
                home,
                folder,
                OptionalInt.empty(),
                true,
                true,
                Duration.ofSeconds(20),
                Conditions.normal());
    }

    /** The same on this port. */
    public StackSettings withDashboardPort(int port) {
        return new StackSettings(
                home, folder, OptionalInt.of(port), demo, dashboard, demoInterval, conditions);
    }

    /** The same without the simulated shop. */
    public StackSettings withoutDemo() {
        return new StackSettings(
                home, folder, dashboardPort, false, dashboard, demoInterval, conditions);
    }

    /** The same without the dashboard. */
    public StackSettings withoutDashboard() {
        return new StackSettings(
                home, folder, dashboardPort, demo, false, demoInterval, conditions);
    }

    /** The same with the simulated shop extracted this often. */
    public StackSettings withDemoInterval(Duration interval) {
        return new StackSettings(
                home, folder, dashboardPort, demo, dashboard, interval, conditions);
    }

    /** The same under other conditions. */
    public StackSettings under(Conditions others) {
        return new StackSettings(
                home, folder, dashboardPort, demo, dashboard, demoInterval, others);
    }
}

package io.shopflow.local.supervisor;

import io.shopflow.local.folder.DataFolder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a stack is started with.
 *
 * @param home the repository
 * @param dashboardPort 0 takes a free one; empty: the one that the data folder remembers, else 8080
 * @param demo whether the simulated shop runs and is extracted again and again
 * @param dashboard whether the dashboard runs
 * @param demoInterval between two runs of the simulated shop
 * @param conditions under which the functions work
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
     * What a test may make harder for the functions than it is.
     *
     * @param visibility how long a message that was received stays hidden
     * @param maxReceives after so many receives it becomes a dead letter
     * @param concurrency the most processes of a function; empty: what suits the machine
     * @param proxies what stands between the functions and {@code S3} or {@code PostgreSQL}
     * @param variables of every function, over its own
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

        /** As they are; a message is hidden for six times the timeout, as AWS advises. */
        static Conditions usual() {
            return new Conditions(
                    Deployment.TIMEOUT.multipliedBy(6), 5, OptionalInt.empty(), Map.of(), Map.of());
        }
    }

    /** The port of the dashboard where none is asked for. */
    public static final int DEFAULT_DASHBOARD_PORT = 8080;

    /** Everything, as {@code ./shopflow up} starts it. */
    public static StackSettings everything(Path home, DataFolder folder) {
        return new StackSettings(
                home,
                folder,
                OptionalInt.empty(),
                true,
                true,
                Duration.ofSeconds(20),
                Conditions.usual());
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

package io.shopflow.local.supervisor;

import io.shopflow.local.folder.DataFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * What a stack is started with.
 *
 * @param home the repository
 * @param dashboardPort 0 takes a free one; empty: the one that the data folder remembers, else 8080
 * @param demo whether the simulated shop runs and is extracted again and again
 * @param dashboard whether the dashboard runs
 * @param demoInterval between two runs of the simulated shop
 * @param training whether the functions run in order to leave what makes later ones start faster
 */
public record StackSettings(
        Path home,
        DataFolder folder,
        OptionalInt dashboardPort,
        boolean demo,
        boolean dashboard,
        Duration demoInterval,
        boolean training) {

    /** The port of the dashboard where none is asked for. */
    public static final int DEFAULT_DASHBOARD_PORT = 8080;

    /** Everything, as {@code ./shopflow up} starts it. */
    public static StackSettings everything(Path home, DataFolder folder) {
        return new StackSettings(
                home, folder, OptionalInt.empty(), true, true, Duration.ofSeconds(20), false);
    }

    /** The same on this port. */
    public StackSettings withDashboardPort(int port) {
        return new StackSettings(
                home, folder, OptionalInt.of(port), demo, dashboard, demoInterval, training);
    }

    /** The same without the simulated shop. */
    public StackSettings withoutDemo() {
        return new StackSettings(
                home, folder, dashboardPort, false, dashboard, demoInterval, training);
    }

    /** The same without the dashboard. */
    public StackSettings withoutDashboard() {
        return new StackSettings(home, folder, dashboardPort, demo, false, demoInterval, training);
    }

    /** The same with the simulated shop extracted this often. */
    public StackSettings withDemoInterval(Duration interval) {
        return new StackSettings(home, folder, dashboardPort, demo, dashboard, interval, training);
    }

    /** The same with functions that learn, see {@link Stack#endTraining}. */
    public StackSettings inTraining() {
        return new StackSettings(home, folder, dashboardPort, demo, dashboard, demoInterval, true);
    }
}

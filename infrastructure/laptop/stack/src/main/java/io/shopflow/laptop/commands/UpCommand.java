package io.shopflow.laptop.commands;

import io.shopflow.laptop.files.ShopflowHome;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.folder.StackRecord;
import io.shopflow.laptop.runs.Screen;
import io.shopflow.laptop.supervisor.Schedule;
import io.shopflow.laptop.supervisor.Stack;
import io.shopflow.laptop.supervisor.StackSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the stack. */
@Command(
        name = "up",
        description =
                "Starts the stack: database, bucket, queues, functions, a simulated shop, the dashboard.",
        footer = {"", "Ctrl-C stops all of it. The data stays for the next time."})
public class UpCommand extends StackCommand {

    /** The beginning of the first line of output. */
    static final String FIRST_LINE = "Starting the stack";

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "The dashboard's port, 0 for any that is free (default: as last time, at first 8080).")
    @Nullable Integer port;

    @Option(names = "--no-demo", description = "Without the simulated shop.")
    boolean noDemo;

    @Option(
            names = "--detach",
            description = "Runs in the background, and returns when everything is ready.")
    boolean detach;

    private final Schedule schedule;
    private final Duration demoInterval;

    UpCommand(
            Schedule schedule,
            @ConfigProperty(name = "shopflow.demo-interval", defaultValue = "20S")
                    Duration demoInterval) {
        this.schedule = schedule;
        this.demoInterval = demoInterval;
    }

    @Override
    public Integer call() throws Exception {
        Screen screen = Screen.standard();
        DataFolder folder = data.folder();
        StackRecord record = folder.record();
        if (record.running().isPresent()) {
            screen.line(
                    "The stack in %s is already up%s. Stop it with ./shopflow down%s."
                            .formatted(folder.root(), at(record.dashboard()), data.repeated()));
            return 0;
        }
        if (detach) {
            return new DetachedStack(folder, data).start(port, noDemo, screen);
        }
        Stack stack = new Stack(settings(folder), schedule, screen::line);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop the stack"));
        screen.line("%s in %s".formatted(FIRST_LINE, folder.root()));
        long begin = System.nanoTime();
        stack.start();
        screen.line(
                "ShopFlow is up after %.1f s%s"
                        .formatted((System.nanoTime() - begin) / 1e9, at(stack.dashboard())));
        if (!noDemo) {
            screen.line(
                    "The simulated shop keeps selling, and is extracted every %d s."
                            .formatted(demoInterval.toSeconds()));
        }
        if (!Boolean.getBoolean(DetachedStack.PROPERTY)) {
            screen.line("Ctrl-C stops everything.");
        }
        stack.awaitStop();
        return 0;
    }

    private StackSettings settings(DataFolder folder) {
        StackSettings settings =
                StackSettings.everything(ShopflowHome.find(), folder)
                        .withDemoInterval(demoInterval);
        if (port != null) {
            settings = settings.withDashboardPort(port);
        }
        return noDemo ? settings.withoutDemo() : settings;
    }

    static String at(Optional<URI> dashboard) {
        return dashboard.map(address -> ": " + address).orElse("");
    }
}

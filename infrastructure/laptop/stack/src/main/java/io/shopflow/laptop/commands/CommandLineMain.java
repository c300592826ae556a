package io.shopflow.laptop.commands;

import io.shopflow.laptop.supervisor.Schedule;
import java.time.Duration;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/**
 * The program without Quarkus, which takes longer to start than most commands run. The launcher
 * uses it for all commands except {@code up}, which needs Quarkus' scheduler.
 */
public final class CommandLineMain {

    private CommandLineMain() {}

    /** Runs a command; the exit status is the command's. */
    public static void main(String[] arguments) {
        logWarnings();
        System.exit(run(arguments));
    }

    /** Quarkus's log manager buffers all records until it has a handler. */
    static void logWarnings() {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new ConsoleHandler());
        root.setLevel(Level.WARNING);
    }

    /** Runs a command in this process; returns its exit status. */
    public static int run(String... arguments) {
        return Commands.configured(new CommandLine(new ShopflowCommand(), factory()))
                .execute(arguments);
    }

    /** Picocli creates every command, even if only to list it. */
    private static CommandLine.IFactory factory() {
        CommandLine.IFactory standard = CommandLine.defaultFactory();
        return new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == UpCommand.class
                        ? type.cast(new UpCommand(Schedule.none(), Duration.ZERO))
                        : standard.create(type);
            }
        };
    }
}

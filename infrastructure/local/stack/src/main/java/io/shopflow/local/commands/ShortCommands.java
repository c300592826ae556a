package io.shopflow.local.commands;

import io.shopflow.local.supervisor.Schedule;
import java.time.Duration;
import picocli.CommandLine;

/**
 * The program without Quarkus, whose start takes longer than most commands: for all but {@code up},
 * which needs its scheduler. The launcher chooses.
 */
public final class ShortCommands {

    private ShortCommands() {}

    /** Runs a command; the exit status is the command's. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return Commands.configured(new CommandLine(new ShopflowCommand(), factory()))
                .execute(arguments);
    }

    /** Picocli makes every command, if only to list it. */
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

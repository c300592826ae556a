package io.shopflow.laptop.commands;

import io.quarkus.picocli.runtime.PicocliCommandLineFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import picocli.CommandLine;

/** Configures the parsing of the command line. */
@ApplicationScoped
public class Commands {

    /** The command line of Quarkus. */
    @Produces
    CommandLine commandLine(PicocliCommandLineFactory factory) {
        return configured(factory.create());
    }

    /** The same command line with our messages. */
    static CommandLine configured(CommandLine commandLine) {
        return commandLine
                .setExecutionExceptionHandler(new ErrorTranslator())
                .setUsageHelpLongOptionsMaxWidth(28)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    }
}

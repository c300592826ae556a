package io.shopflow.laptop.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tries the configurations of sources. */
@Command(
        name = "source",
        mixinStandardHelpOptions = true,
        description = "Checks a source without loading it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = SourceCheckCommand.class)
public class SourceCommand implements Runnable {

    // Set by picocli before it calls anything.
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}

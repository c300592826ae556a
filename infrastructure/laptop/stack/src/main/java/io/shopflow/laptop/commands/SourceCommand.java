package io.shopflow.laptop.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Makes and tries the configurations of sources. */
@Command(
        name = "source",
        mixinStandardHelpOptions = true,
        description = "Proposes the mapping of files, and checks a source without loading it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SourceListCommand.class, SourceInferCommand.class, SourceCheckCommand.class})
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

package io.shopflow.laptop.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reports rejected rows. */
@Command(
        name = "quarantine",
        mixinStandardHelpOptions = true,
        description = "Shows which rows were rejected, and why.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {QuarantineListCommand.class, QuarantineShowCommand.class})
public class QuarantineCommand implements Runnable {

    // Set by picocli before it calls anything.
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}

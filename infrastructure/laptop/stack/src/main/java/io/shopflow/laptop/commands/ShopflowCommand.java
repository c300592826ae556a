package io.shopflow.laptop.commands;

import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** All commands. */
@TopCommand
@Command(
        name = "shopflow",
        mixinStandardHelpOptions = true,
        version = "ShopFlow 0.1.0",
        description = "E-commerce analytics on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            RunCommand.class,
            SourceCommand.class,
            BackfillCommand.class,
            StatusCommand.class,
            QuarantineCommand.class,
            CheckCommand.class,
            EnvCommand.class,
            GenerateCommand.class,
            DownCommand.class,
            ResetCommand.class,
            VerifyCommand.class
        },
        footer = {"", "Begin with 'shopflow up'. 'shopflow COMMAND --help' describes a command."})
public class ShopflowCommand implements Runnable {

    // Set by picocli before it calls anything.
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}

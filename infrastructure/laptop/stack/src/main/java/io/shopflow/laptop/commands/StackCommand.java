package io.shopflow.laptop.commands;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command on the stack in a data folder. Returns its exit status. */
@Command(mixinStandardHelpOptions = true)
abstract class StackCommand implements Callable<Integer> {

    @Mixin DataOption data = new DataOption();

    // Set by picocli before it calls anything.
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    /** The error that shows the usage after this message. */
    ParameterException usageError(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

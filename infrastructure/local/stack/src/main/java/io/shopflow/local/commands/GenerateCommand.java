package io.shopflow.local.commands;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the simulated shop's data as CSV files. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Writes CSV files of the simulated shop: the same for the same seed.")
public class GenerateCommand implements Callable<Integer> {

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder.")
    Path out = Path.of("");

    @Override
    public Integer call() {
        return 0;
    }
}

package io.shopflow.laptop.commands;

import io.shopflow.core.text.Counted;
import io.shopflow.laptop.files.StackException;
import io.shopflow.shop.export.CsvExport;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes the simulated shop's data as CSV files. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description =
                "Writes customers, products, transactions and transaction items of a simulated shop as CSV files, the same for the same seed.")
public class GenerateCommand implements Callable<Integer> {

    @Option(
            names = "--customers",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Registered customers (default: ${DEFAULT-VALUE}).")
    int customers;

    @Option(
            names = "--products",
            paramLabel = "N",
            defaultValue = "500",
            description = "Products (default: ${DEFAULT-VALUE}).")
    int products;

    @Option(
            names = "--orders",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Orders over two years (default: ${DEFAULT-VALUE}).")
    int orders;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Another seed is another shop (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(
            names = "--dirty",
            paramLabel = "PERCENT",
            defaultValue = "0",
            description =
                    "Plants defects in so many of a hundred rows, and writes down which in defects.csv.")
    double dirtyPercent;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "The folder to write to; it is created if missing.")
    Path out = Path.of("");

    // Set by picocli before it calls anything.
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        long begin = System.nanoTime();
        CsvExport.Summary written;
        try {
            written =
                    CsvExport.write(
                            new CsvExport.Request(
                                    customers, products, orders, seed, out, dirtyPercent));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (FileSystemException e) {
            throw new StackException(
                    "%s cannot be written: %s. Name another folder with --out."
                            .formatted(out.toAbsolutePath(), e.getMessage()),
                    e);
        }
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "%s, %s, %s, %s%s in %s (%.1f s)",
                        Counted.of(written.customers(), "customer"),
                        Counted.of(written.products(), "product"),
                        Counted.of(written.transactions(), "transaction"),
                        Counted.of(written.items(), "transaction item"),
                        written.defects() == 0
                                ? ""
                                : ", " + Counted.of(written.defects(), "defect"),
                        out.toAbsolutePath().normalize(),
                        (System.nanoTime() - begin) / 1e9));
        return 0;
    }
}

package io.shopflow.laptop.commands;

import io.shopflow.core.source.SourceName;
import io.shopflow.laptop.files.ShopflowHome;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.inference.Inference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proposes the mapping of files. */
@Command(
        name = "infer",
        mixinStandardHelpOptions = true,
        description =
                "Writes a first mapping of CSV, JSON or XLSX files, from their headers and values. Known exports are recognised: Amazon, eBay, Etsy, Olist, Shopify, Superstore, UCI Online Retail, WooCommerce.",
        footer = {
            "",
            "Reads the first 8 MiB of each file, of more than two files less. Then check the mapping: shopflow source check NAME --path DIR"
        })
public class SourceInferCommand implements Callable<Integer> {

    private static final String YAML = ".yaml";

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "The files of the source, all of them.")
    List<Path> files = List.of();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Writes to this file, sources/NAME.yaml for example, which must not exist; else to the standard output.")
    @Nullable Path out;

    // Set by picocli before it calls anything.
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new ParameterException(
                        spec.commandLine(), "%s is not a file.".formatted(file.toAbsolutePath()));
            }
        }
        Path target = out;
        if (target == null) {
            System.out.print(Inference.of(ShopflowHome.find(), files).yaml());
            return 0;
        }
        String name = name(target);
        Inference inference = Inference.of(ShopflowHome.find(), files);
        try {
            Files.writeString(
                    target,
                    inference.yaml(),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new StackException(
                    "%s exists already. Name another file with --out, or delete it."
                            .formatted(target.toAbsolutePath()),
                    e);
        } catch (IOException e) {
            throw new StackException(
                    "%s cannot be written: %s. Name another file with --out."
                            .formatted(target.toAbsolutePath(), e.getMessage()),
                    e);
        }
        System.out.printf(
                "%s: %s. Next: ./shopflow source check %s --path %s%n",
                target, inference.title(), name, folder());
        return 0;
    }

    /** The name of the source in a file, which other commands must accept. */
    private String name(Path file) {
        String written = file.getFileName().toString();
        if (!written.endsWith(YAML)) {
            throw refused("%s must be called NAME%s.".formatted(file, YAML));
        }
        String name = written.substring(0, written.length() - YAML.length());
        try {
            SourceName.check(name);
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
        SourceName.conflict(name)
                .ifPresent(
                        reason -> {
                            throw refused(reason);
                        });
        return name;
    }

    private ParameterException refused(@Nullable String reason) {
        return new ParameterException(spec.commandLine(), "--out: " + reason);
    }

    private Path folder() {
        Path parent = files.getFirst().toAbsolutePath().normalize().getParent();
        return parent == null ? Path.of("/") : parent;
    }
}

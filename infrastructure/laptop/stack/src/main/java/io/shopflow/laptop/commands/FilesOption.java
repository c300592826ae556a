package io.shopflow.laptop.commands;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The option that selects the folder of a source's files. */
public class FilesOption {

    @Option(
            names = "--path",
            paramLabel = "DIR",
            description = "Reads the files in this folder instead of the configured one.")
    Optional<Path> path = Optional.empty();

    /**
     * The folder's absolute path; empty for the configured one.
     *
     * @throws ParameterException of this command, if it is not a folder
     */
    Optional<String> folder(StackCommand command) {
        path.filter(folder -> !Files.isDirectory(folder))
                .ifPresent(
                        folder -> {
                            throw command.usageError(
                                    "%s is not a folder.".formatted(folder.toAbsolutePath()));
                        });
        return path.map(folder -> folder.toAbsolutePath().normalize().toString());
    }
}

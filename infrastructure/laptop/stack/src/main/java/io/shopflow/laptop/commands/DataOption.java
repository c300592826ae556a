package io.shopflow.laptop.commands;

import io.shopflow.laptop.folder.DataFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that selects a command's stack. */
public class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The stack's data folder (default: .shopflow beside this program).")
    @Nullable Path path;

    /** The folder, which may not exist. */
    DataFolder folder() {
        return DataFolder.at(path == null ? Home.path().resolve(".shopflow") : path);
    }

    /** The option to add to a command in a message, so that it uses the same stack. */
    String repeated() {
        return path == null ? "" : " --data " + path;
    }
}

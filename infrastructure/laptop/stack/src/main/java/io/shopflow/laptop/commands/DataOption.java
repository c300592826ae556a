package io.shopflow.laptop.commands;

import io.shopflow.laptop.files.ShopflowHome;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.folder.StackRecord;
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
        return DataFolder.at(path == null ? ShopflowHome.find().resolve(".shopflow") : path);
    }

    /**
     * The record of the folder's stack.
     *
     * @throws StackException if it is not up
     */
    StackRecord recordOfStack() {
        StackRecord record = folder().record();
        if (record.running().isEmpty()) {
            throw new StackException(
                    "No stack is up in %s. Start it with ./shopflow up%s."
                            .formatted(folder().root(), repeated()));
        }
        return record;
    }

    /** The option to add to a command in a message, so that it uses the same stack. */
    String repeated() {
        return path == null ? "" : " --data " + path;
    }
}

package io.shopflow.laptop.supervisor;

import io.shopflow.laptop.folder.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The logs of the processes. */
final class Logs {

    private static final long LARGEST = 10L << 20;

    private Logs() {}

    /** A process's log; a large one is first renamed, replacing the previous one. */
    static Path rotated(DataFolder folder, String name) {
        Path log = folder.logs().resolve(name + ".log");
        try {
            if (Files.exists(log) && Files.size(log) > LARGEST) {
                Files.move(
                        log,
                        folder.logs().resolve(name + ".1.log"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

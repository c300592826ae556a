package io.shopflow.laptop.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that readers see whole or not at all, even after a crash of the writer. */
public final class AtomicFile {

    private AtomicFile() {}

    /** Writes the file, replacing an existing one. */
    public static void write(Path file, byte[] content) throws IOException {
        Path next = next(file);
        Files.write(next, content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The file's name until it is complete. */
    static Path next(Path file) {
        return file.resolveSibling(file.getFileName() + ".next");
    }
}

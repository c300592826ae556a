package io.shopflow.extract.spill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Files in the platform's folder for temporary files, on Lambda {@code /tmp}, whose size is
 * limited. They are deleted with this object. Not for use by several threads at a time.
 */
public final class TemporaryFiles implements AutoCloseable {

    private final LongSupplier free;
    private final Set<Path> files = new LinkedHashSet<>();

    /** Begins without files. */
    public TemporaryFiles() {
        this(TemporaryFiles::freeBytes);
    }

    private TemporaryFiles(LongSupplier free) {
        this.free = free;
    }

    /**
     * Files in less space than the platform has.
     *
     * @param free the number of bytes that can still be written
     */
    public static TemporaryFiles limited(LongSupplier free) {
        return new TemporaryFiles(free);
    }

    /** Not a constant, which would be that of the machine that built a native executable. */
    private static Path folder() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static long freeBytes() {
        try {
            return Files.getFileStore(folder()).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("the size of the temporary files is unknown", e);
        }
    }

    /**
     * Creates a file.
     *
     * @param bytes that will be written to it at most
     * @throws TemporarySpaceException if there is less space
     */
    public Path create(long bytes) {
        long left = free.getAsLong();
        if (left < bytes) {
            throw new TemporarySpaceException(bytes, left);
        }
        try {
            Path file = Files.createTempFile(folder(), "shopflow", ".tmp");
            files.add(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("there is no place for a temporary file", e);
        }
    }

    /** Deletes a file. */
    public void delete(Path file) {
        files.remove(file);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Deleted with the process.
            file.toFile().deleteOnExit();
        }
    }

    @Override
    public void close() {
        Set.copyOf(files).forEach(this::delete);
    }
}

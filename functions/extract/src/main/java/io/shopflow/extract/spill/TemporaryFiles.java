package io.shopflow.extract.spill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Files in the platform's folder for temporary files, on Lambda {@code /tmp}, whose size is
 * limited. They are deleted with this object. Not for use by several threads at a time.
 */
public final class TemporaryFiles implements AutoCloseable {

    private final @Nullable LongSupplier free;
    private final Set<Path> files = new LinkedHashSet<>();

    /** Begins without files. */
    public TemporaryFiles() {
        this(null);
    }

    private TemporaryFiles(@Nullable LongSupplier free) {
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

    /**
     * Creates a file.
     *
     * @param bytes that will be written to it at most
     * @throws TemporarySpaceException if there is less space
     */
    public Path create(long bytes) {
        try {
            Path file = Files.createTempFile("shopflow", ".tmp");
            files.add(file);
            long left = free == null ? Files.getFileStore(file).getUsableSpace() : free.getAsLong();
            if (left < bytes) {
                delete(file);
                throw new TemporarySpaceException(bytes, left);
            }
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

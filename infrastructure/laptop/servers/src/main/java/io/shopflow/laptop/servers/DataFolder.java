package io.shopflow.laptop.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of one server. Locked while this process uses it; the lock ends with the process. */
final class DataFolder implements AutoCloseable {

    private static final long LEAST_FREE_BYTES = 200L << 20;

    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** Creates the folder if missing, and locks it for this process. */
    static DataFolder open(Path folder, String server) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            long free = Files.getFileStore(path).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                throw new ServerStartException(
                        "The disk of %s is full: %d MB are free, %s needs %d MB. Make room, then start again."
                                .formatted(path, free >> 20, server, LEAST_FREE_BYTES >> 20));
            }
            FileChannel lockFile =
                    FileChannel.open(
                            path.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (tryLock(lockFile) == null) {
                lockFile.close();
                throw new ServerStartException(
                        "%s is in use by another ShopFlow. Stop that one, or take another data folder."
                                .formatted(path));
            }
            return new DataFolder(path, lockFile);
        } catch (FileSystemException e) {
            throw new ServerStartException(
                    "%s cannot write to its data folder %s: %s. Check its rights, or take another folder."
                            .formatted(server, path, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new ServerStartException(
                    "%s cannot use its data folder %s: %s".formatted(server, path, e), e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** The last lines of a log in this folder, without stack frames; for messages. */
    String tail(String log) {
        try (Stream<String> lines = Files.lines(resolve(log))) {
            List<String> all = lines.filter(line -> !line.startsWith("\tat ")).toList();
            return String.join(
                    System.lineSeparator(), all.subList(Math.max(0, all.size() - 15), all.size()));
        } catch (IOException | UncheckedIOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** Deletes a file or a folder with its content, if it exists. */
    void delete(String name) throws IOException {
        List<Path> all;
        try (Stream<Path> tree = Files.walk(resolve(name))) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock " + path, e);
        }
    }
}

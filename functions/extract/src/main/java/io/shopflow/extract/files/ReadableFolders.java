package io.shopflow.extract.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders of the function's own file system that a request may name. A sender of requests must
 * not be able to read everything that the function's process can read: its variables, its user's
 * files.
 *
 * @param list a file with one folder per line; empty: none
 */
public record ReadableFolders(Optional<Path> list) {

    private static final String BUCKET_SCHEME = "s3://";

    /**
     * Whether a request may name this path; other checks reject paths that are not absolute
     * folders.
     */
    boolean allow(String path) {
        if (path.startsWith(BUCKET_SCHEME)) {
            return true;
        }
        try {
            Path folder = Path.of(path);
            return !folder.isAbsolute()
                    || list.stream()
                            .flatMap(ReadableFolders::lines)
                            .anyMatch(readable -> isWithin(folder, readable));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Whether a folder is in another one, by its name and also behind all links. */
    private static boolean isWithin(Path folder, Path readable) {
        if (!folder.normalize().startsWith(readable)) {
            return false;
        }
        try {
            return folder.toRealPath().startsWith(readable.toRealPath());
        } catch (NoSuchFileException e) {
            // The run reports the missing folder.
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> lines(Path list) {
        try {
            return Files.readAllLines(list).stream().filter(line -> !line.isBlank()).map(Path::of);
        } catch (NoSuchFileException e) {
            return Stream.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

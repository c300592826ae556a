package io.shopflow.extract.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which folders of the function's own file system a request may name. A request is a message, and
 * whoever can send one must not be able to read what the function's process can: its variables, its
 * user's files.
 *
 * @param list a file with a folder a line; empty: none
 */
public record ReadableFolders(Optional<Path> list) {

    private static final String BUCKET_SCHEME = "s3://";

    /** Whether a request may name this path; what is no absolute folder is judged elsewhere. */
    boolean allow(String path) {
        if (path.startsWith(BUCKET_SCHEME)) {
            return true;
        }
        try {
            Path folder = Path.of(path).normalize();
            return !folder.isAbsolute()
                    || list.stream().flatMap(ReadableFolders::lines).anyMatch(folder::startsWith);
        } catch (InvalidPathException e) {
            return false;
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

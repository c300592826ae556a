package io.shopflow.laptop.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The native executable in a module's build folder, next to the build for the JVM. */
public final class NativeExecutable {

    private NativeExecutable() {}

    /**
     * The module's executable, unless it is older than the build for the JVM: then it is from an
     * older build, and would silently run old code.
     *
     * @param target the module's build folder
     * @param other the build for the JVM, which may be missing
     */
    public static Optional<Path> in(Path target, Path other) {
        if (!Files.isDirectory(target)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-runner"))
                    .filter(Files::isExecutable)
                    .filter(file -> !isOlder(file, other))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOlder(Path file, Path other) {
        try {
            return Files.exists(other)
                    && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(other))
                            < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.shopflow.local.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What a native build leaves in a module's folder beside what is built for the JVM. */
public final class NativeExecutable {

    private NativeExecutable() {}

    /**
     * The module's executable, unless it is older than what was built for the JVM: then it is of an
     * older build, and would run old code without anybody noticing.
     *
     * @param target the module's folder of what was built
     * @param other what was built for the JVM; it need not be there
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

package io.shopflow.local.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What the JVM kept of a training run of a program, so that later processes start and warm up
 * faster: loaded and linked classes and, from JDK 25 on, the profiles of methods. A JVM that the
 * archive does not fit does without it.
 *
 * @param file where it is; it need not exist
 * @see <a href="https://openjdk.org/jeps/514">JEP 514: ahead-of-time command-line ergonomics</a>
 * @see <a href="https://openjdk.org/jeps/515">JEP 515: ahead-of-time method profiling</a>
 * @see <a href="https://docs.oracle.com/en/java/javase/21/vm/class-data-sharing.html">Class data
 *     sharing</a>
 */
public record ClassArchive(Path file) {

    private static final boolean AHEAD_OF_TIME = Runtime.version().feature() >= 25;

    /** The archive of this JVM for the program in a folder. */
    public static ClassArchive in(Path folder) {
        return new ClassArchive(
                folder.resolve(
                        Runtime.version() + "-" + System.getProperty("os.arch") + ".archive"));
    }

    /**
     * This process's JVM and its options for a program that starts from the archive, where there is
     * one, or that writes it when it is asked to end.
     */
    public List<String> command(boolean training) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Remarks about the archive, which the JVM can do without.
        command.add("-Xlog:disable");
        // Objects of the heap are only kept by G1; other collectors can read them.
        command.add(training && AHEAD_OF_TIME ? "-XX:+UseG1GC" : "-XX:+UseSerialGC");
        command.addAll(training ? training() : use());
        return command;
    }

    private List<String> use() {
        if (!Files.exists(file)) {
            return List.of();
        }
        return AHEAD_OF_TIME
                ? List.of("-XX:AOTCache=" + file)
                : List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + file);
    }

    private List<String> training() {
        return AHEAD_OF_TIME
                ? List.of("-XX:AOTCacheOutput=" + next())
                : List.of("-XX:ArchiveClassesAtExit=" + next());
    }

    /** Replaces the archive by what a training run wrote, if it did. Returns whether. */
    public boolean publish() {
        try {
            if (!Files.exists(next())) {
                return false;
            }
            Files.move(
                    next(),
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path next() {
        return file.resolveSibling(file.getFileName() + ".next");
    }
}

package io.shopflow.local.jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the JVM kept of a training run of a program, so that later processes start and warm up
 * faster: loaded and linked classes and, from JDK 25 on, the profiles of methods. A JVM that the
 * archive does not fit does without it; one whose archive is damaged crashes. So an archive is on
 * trial until a process has started from it, and is thrown away where one has died of it.
 *
 * @param file where it is; it need not exist
 * @see <a href="https://openjdk.org/jeps/514">JEP 514: ahead-of-time command-line ergonomics</a>
 * @see <a href="https://openjdk.org/jeps/515">JEP 515: ahead-of-time method profiling</a>
 * @see <a href="https://docs.oracle.com/en/java/javase/21/vm/class-data-sharing.html">Class data
 *     sharing</a>
 */
public record ClassArchive(Path file) {

    private static final boolean AHEAD_OF_TIME = Runtime.version().feature() >= 25;

    /**
     * A JVM in training may outlive whoever started it, and still write when the next training
     * begins: each training writes files of its own.
     */
    private static final String TRAINING =
            Long.toString(System.currentTimeMillis(), 36) + "-" + ProcessHandle.current().pid();

    /** The archive of this JVM for the program in a folder. */
    public static ClassArchive in(Path folder) {
        return new ClassArchive(
                folder.resolve(
                        Runtime.version() + "-" + System.getProperty("os.arch") + ".archive"));
    }

    /** The launcher's own, for the stack in the background. */
    public static ClassArchive ofLauncher(Path home) {
        return new ClassArchive(
                home.resolve("target/shopflow-%d.archive".formatted(Runtime.version().feature())));
    }

    /** This process's JVM for a program that starts without an archive. */
    public static List<String> plainCommand() {
        return command("-XX:+UseSerialGC");
    }

    /** The same for a program that starts from the archive, where there is one. */
    public List<String> command() {
        List<String> command = new ArrayList<>(plainCommand());
        if (Files.exists(file)) {
            command.addAll(use(file));
        } else if (Files.exists(untried())) {
            command.addAll(use(untried()));
            // Look at all of it, and do not start where anything is wrong with it.
            command.add(AHEAD_OF_TIME ? "-XX:AOTMode=on" : "-Xshare:on");
            command.add("-XX:+UnlockDiagnosticVMOptions");
            command.add("-XX:+VerifySharedSpaces");
        }
        return command;
    }

    private static List<String> use(Path archive) {
        return List.of(
                (AHEAD_OF_TIME ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive,
                // Whenever the JVM itself crashes: the next start does without.
                "-XX:OnError=rm -f '" + archive + "'");
    }

    /** The same for a program that leaves an archive when it ends. */
    public List<String> trainingCommand() {
        deleteUnfinished();
        // Objects of the heap are only kept by G1; other collectors can read them.
        return command(
                AHEAD_OF_TIME ? "-XX:+UseG1GC" : "-XX:+UseSerialGC",
                (AHEAD_OF_TIME ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + next());
    }

    private static List<String> command(String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Remarks about the archive, which the JVM can do without.
        command.add("-Xlog:disable");
        command.addAll(List.of(options));
        return command;
    }

    /** Whether a process would start from it. */
    public boolean isUsable() {
        return Files.exists(file) || Files.exists(untried());
    }

    /**
     * Takes what a training run wrote that has ended by itself, on trial. Returns whether it wrote
     * all of it.
     */
    public boolean takeTrained() {
        try {
            // The JVM deletes its notes when the archive is complete.
            boolean complete = Files.exists(next()) && !Files.exists(notes());
            if (complete) {
                Files.deleteIfExists(file);
                move(next(), untried());
            }
            return complete;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process has started from it: it is no longer on trial. */
    public void worked() {
        try {
            if (Files.exists(untried())) {
                move(untried(), file);
            }
        } catch (IOException e) {
            // Another process of the same program was first.
            if (Files.exists(untried())) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A process died of it: later ones start without. */
    public void discard() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(untried());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deleteUnfinished() {
        Path folder = file.toAbsolutePath().getParent();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path left : files.filter(this::isUnfinished).toList()) {
                Files.deleteIfExists(left);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isUnfinished(Path other) {
        String name = other.getFileName().toString();
        return name.startsWith(file.getFileName() + ".") && name.contains(".next");
    }

    private Path next() {
        return beside("." + TRAINING + ".next");
    }

    private Path notes() {
        return beside("." + TRAINING + ".next.config");
    }

    private Path untried() {
        return beside(".untried");
    }

    private Path beside(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

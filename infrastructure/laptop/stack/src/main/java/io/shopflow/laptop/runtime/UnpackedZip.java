package io.shopflow.laptop.runtime;

import io.shopflow.laptop.files.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A function's zip, unpacked in a folder that all stacks of this repository share.
 *
 * @param folder the unpacked zip, for the JVM with the runtime client
 */
record UnpackedZip(Path folder) {

    private static final String RUNTIME = "runtime";

    /** The newest, and the one that a running stack may still use. */
    private static final int KEPT_VERSIONS = 2;

    private static final String UNFINISHED = "unfinished";

    /** Unpacking takes seconds; what is older belongs to a process that has ended. */
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    /** The zip's files in a folder of the cache, unpacked now unless they are there already. */
    static UnpackedZip of(Path zip, Path runtimeClient, Path cache) {
        try {
            Path folder = cache.resolve(version(zip, runtimeClient));
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(cache);
                Path unfinished = Files.createTempDirectory(cache, UNFINISHED);
                unpack(zip, unfinished);
                if (!Files.exists(bootstrap(unfinished))) {
                    copyJars(runtimeClient, unfinished.resolve(RUNTIME));
                }
                if (publish(unfinished, folder)) {
                    deleteOldVersions(cache);
                }
            }
            return new UnpackedZip(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The native executable; null in a zip for the JVM. */
    @Nullable Path bootstrap() {
        Path bootstrap = bootstrap(folder);
        return Files.exists(bootstrap) ? bootstrap : null;
    }

    /** The class path of a zip for the JVM: as on Lambda, its classes and those of its jars. */
    String classPath() {
        return String.join(
                ":",
                folder.toString(),
                folder.resolve("lib") + "/*",
                folder.resolve(RUNTIME) + "/*");
    }

    private static Path bootstrap(Path folder) {
        return folder.resolve("bootstrap");
    }

    /** Derived from time and size, so that a rebuilt function is never mixed with an older one. */
    private static String version(Path zip, Path runtimeClient) throws IOException {
        long clientBytes = 0;
        for (Path jar : jars(runtimeClient)) {
            clientBytes += Files.size(jar);
        }
        return Stream.of(Files.getLastModifiedTime(zip).toMillis(), Files.size(zip), clientBytes)
                .map(number -> Long.toString(number, 36))
                .reduce((left, right) -> left + "-" + right)
                .orElseThrow();
    }

    private static void unpack(Path zip, Path folder) throws IOException {
        try (ZipFile content = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : Collections.list(content.entries())) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException(zip + " has an entry outside of itself");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    // A class that Quarkus transformed may occur twice: like unzip, keeps the last
                    // one.
                    Files.copy(
                            content.getInputStream(entry),
                            file,
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Path bootstrap = bootstrap(folder);
        if (Files.exists(bootstrap) && !bootstrap.toFile().setExecutable(true)) {
            throw new IOException(bootstrap + " cannot be made executable");
        }
    }

    /** Copied because a rebuild deletes the client's jars, also while a stack runs. */
    private static void copyJars(Path runtimeClient, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Path jar : jars(runtimeClient)) {
            Files.copy(jar, folder.resolve(jar.getFileName()));
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    /** Returns false if another stack that started at the same time has published the folder. */
    private static boolean publish(Path unfinished, Path folder) throws IOException {
        try {
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (FileSystemException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            FileTree.delete(unfinished);
            return false;
        }
    }

    private static void deleteOldVersions(Path cache) throws IOException {
        List<Path> folders;
        try (Stream<Path> all = Files.list(cache)) {
            folders = all.filter(Files::isDirectory).toList();
        }
        List<Path> versions = new ArrayList<>();
        for (Path folder : folders) {
            if (folder.getFileName().toString().startsWith(UNFINISHED)) {
                deleteAbandoned(folder);
            } else {
                versions.add(folder);
            }
        }
        versions.sort(Comparator.comparing(UnpackedZip::age).reversed());
        for (Path version :
                versions.subList(Math.min(KEPT_VERSIONS, versions.size()), versions.size())) {
            FileTree.delete(version);
        }
    }

    private static void deleteAbandoned(Path unfinished) throws IOException {
        Instant changed;
        try {
            changed = Files.getLastModifiedTime(unfinished).toInstant();
        } catch (NoSuchFileException e) {
            // Another stack has finished it.
            return;
        }
        if (changed.isBefore(Instant.now().minus(ABANDONED_AFTER))) {
            FileTree.delete(unfinished);
        }
    }

    private static FileTime age(Path folder) {
        try {
            return Files.getLastModifiedTime(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

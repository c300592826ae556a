package io.shopflow.laptop.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/** Secrets of one stack, generated once and kept in files that only their owner can read. */
public final class StackSecrets {

    private static final SecureRandom RANDOM = new SecureRandom();

    private StackSecrets() {}

    /**
     * The key of the pseudonyms, 32 bytes in base64. Pseudonyms cannot be computed again without
     * it, so it stays with the data.
     */
    public static String pseudonymKey(DataFolder folder) {
        return readOrCreate(folder.file("pseudonym.key"));
    }

    /** The secret with which callers of the stack's servers sign; see {@code shopflow env}. */
    public static String accessSecret(DataFolder folder) {
        return readOrCreate(folder.file("access.key"));
    }

    /** A password for the lifetime of one process. */
    public static String newPassword() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static synchronized String readOrCreate(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] key = new byte[32];
                RANDOM.nextBytes(key);
                // Written atomically, and readable only by its owner from the beginning.
                Path next = file.resolveSibling(file.getFileName() + ".next");
                Files.deleteIfExists(next);
                write(next, Base64.getEncoder().encode(key));
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        FileAttribute<?> ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        boolean posix =
                Files.getFileStore(file.toAbsolutePath().getParent())
                        .supportsFileAttributeView("posix");
        Set<StandardOpenOption> options =
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DSYNC);
        try (var channel =
                posix
                        ? Files.newByteChannel(file, options, ownerOnly)
                        : Files.newByteChannel(file, options)) {
            channel.write(ByteBuffer.wrap(content));
        }
    }
}

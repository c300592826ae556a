package io.shopflow.laptop.files;

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
import java.util.function.Function;

/** A secret that is generated once and kept in a file that only its owner can read. */
public final class SecretFile {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SecretFile() {}

    /** The file's 32 bytes in base64. */
    public static String base64(Path file) {
        return readOrCreate(file, Base64.getEncoder()::encodeToString);
    }

    /** The file's secret in hexadecimal digits, which fit in addresses and commands. */
    public static String hexadecimal(Path file) {
        return readOrCreate(file, HexFormat.of()::formatHex);
    }

    /** A secret for the lifetime of this process, in hexadecimal digits. */
    public static String unsaved() {
        return HexFormat.of().formatHex(random());
    }

    private static synchronized String readOrCreate(Path file, Function<byte[], String> encoding) {
        try {
            if (!Files.exists(file)) {
                Path next = AtomicFile.next(file);
                Files.deleteIfExists(next);
                write(next, encoding.apply(random()).getBytes(StandardCharsets.US_ASCII));
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static void write(Path file, byte[] content) throws IOException {
        FileAttribute<?>[] ownerOnly =
                Files.getFileStore(file.toAbsolutePath().getParent())
                                .supportsFileAttributeView("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (var channel =
                Files.newByteChannel(
                        file,
                        Set.of(
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.DSYNC),
                        ownerOnly)) {
            channel.write(ByteBuffer.wrap(content));
        }
    }
}

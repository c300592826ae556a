package io.shopflow.laptop.s3;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A checksum that a client sends with its content, in a header or in a trailer.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">Checking
 *     object integrity</a>
 */
interface Checksum {

    /**
     * The beginning of the names of headers and trailers with a checksum; the algorithm follows.
     */
    String HEADER = "x-amz-checksum-";

    void update(byte[] bytes, int length);

    /** The checksum of all bytes. Call it once. */
    byte[] value();

    /** The checksum in Base64, as in headers. Call it once. */
    default String base64() {
        return Base64.getEncoder().encodeToString(value());
    }

    /** A checksum of the algorithm that a header names; null if this server cannot compute it. */
    static @Nullable Checksum of(String header) {
        return switch (header.substring(HEADER.length())) {
            case "crc32" -> of(new CRC32(), Integer.BYTES);
            case "crc32c" -> of(new CRC32C(), Integer.BYTES);
            case "crc64nvme" -> of(new Crc64Nvme(), Long.BYTES);
            case "sha1" -> of(digest("SHA-1"));
            case "sha256" -> of(digest("SHA-256"));
            default -> null;
        };
    }

    static Checksum of(MessageDigest digest) {
        return new Checksum() {
            @Override
            public void update(byte[] bytes, int length) {
                digest.update(bytes, 0, length);
            }

            @Override
            public byte[] value() {
                return digest.digest();
            }
        };
    }

    private static Checksum of(java.util.zip.Checksum sum, int bytes) {
        return new Checksum() {
            @Override
            public void update(byte[] bytes, int length) {
                sum.update(bytes, 0, length);
            }

            @Override
            public byte[] value() {
                byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(sum.getValue()).array();
                return Arrays.copyOfRange(value, Long.BYTES - bytes, Long.BYTES);
            }
        };
    }

    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}

package io.shopflow.laptop.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Content that was received and lies in a file.
 *
 * @param md5 in hexadecimal digits
 */
record ReceivedContent(Path file, long size, String md5) {

    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * Writes the body of a request to a file, which is deleted where the body is refused or ends
     * early.
     *
     * @param headers of the request, by name in any case
     * @throws S3Exception where it is not as long as, or has not the checksum that, its headers or
     *     trailers say
     */
    static ReceivedContent receive(InputStream body, Map<String, String> headers, Path file)
            throws IOException {
        boolean received = false;
        try {
            boolean chunked =
                    headers.getOrDefault("x-amz-content-sha256", "").startsWith("STREAMING-");
            AwsChunkedInput chunks = chunked ? new AwsChunkedInput(body) : null;
            Digests digests = new Digests();
            long size = write(chunks == null ? body : chunks, digests, file);
            Map<String, String> stated = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            stated.putAll(headers);
            if (chunks != null) {
                stated.putAll(chunks.trailers());
            }
            String length = stated.get(chunked ? "x-amz-decoded-content-length" : "content-length");
            if (length != null && !length.strip().equals(Long.toString(size))) {
                throw new S3Exception(S3Error.INCOMPLETE_BODY);
            }
            String md5 = HexFormat.of().formatHex(digests.check(stated));
            received = true;
            return new ReceivedContent(file, size, md5);
        } finally {
            if (!received) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static long write(InputStream body, Digests digests, Path file) throws IOException {
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                out.write(buffer, 0, read);
                digests.update(buffer, read);
                size += read;
            }
        }
        return size;
    }

    /** The checksums that clients state, before their content or after it. */
    private static final class Digests {

        private final MessageDigest md5 = md5Digest();
        private final CRC32 crc32 = new CRC32();

        void update(byte[] bytes, int length) {
            md5.update(bytes, 0, length);
            crc32.update(bytes, 0, length);
        }

        /** The MD5; checks it and the CRC-32. */
        byte[] check(Map<String, String> stated) throws S3Exception {
            byte[] value = md5.digest();
            check(stated.get("content-md5"), value);
            check(
                    stated.get("x-amz-checksum-crc32"),
                    ByteBuffer.allocate(Integer.BYTES).putInt((int) crc32.getValue()).array());
            return value;
        }

        private static void check(@Nullable String stated, byte[] computed) throws S3Exception {
            if (stated != null && !stated.equals(Base64.getEncoder().encodeToString(computed))) {
                throw new S3Exception(S3Error.BAD_DIGEST);
            }
        }

        private static MessageDigest md5Digest() {
            try {
                return MessageDigest.getInstance("MD5");
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has MD5", e);
            }
        }
    }
}

package io.shopflow.laptop.s3;

import io.shopflow.laptop.callers.ChunkSignatures;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Received content, stored in a file.
 *
 * @param md5 in hexadecimal digits
 */
record ReceivedContent(Path file, long size, String md5) {

    private static final int BUFFER_BYTES = 1 << 16;

    private static final String HASH_HEADER = "x-amz-content-sha256";
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> SIGNED_CHUNKS =
            Set.of(
                    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER");
    private static final String UNSIGNED_CHUNKS = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    /** Headers that begin like those of checksums but contain none. */
    private static final Set<String> OF_CHECKSUMS =
            Set.of(
                    Checksum.HEADER + "algorithm",
                    Checksum.HEADER + "mode",
                    Checksum.HEADER + "type");

    /**
     * Writes the body of a request to a file, which is deleted if the body is rejected or ends
     * early.
     *
     * @param headers of the request, by name in any case
     * @param signatures of the chunks; null if they are not to be checked
     * @throws S3Exception if length, checksum, hash or signature differ from those in the headers
     *     or trailers
     */
    static ReceivedContent receive(
            InputStream body,
            Map<String, String> headers,
            @Nullable ChunkSignatures signatures,
            Path file)
            throws IOException {
        Map<String, String> stated = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        stated.putAll(headers);
        String hash = stated.get(HASH_HEADER);
        AwsChunkedInput chunks = chunks(body, hash, signatures);
        Digests digests = new Digests(stated);
        boolean received = false;
        try {
            long size = write(chunks == null ? body : chunks, digests, file);
            if (chunks != null) {
                stated.putAll(chunks.trailers());
            }
            String length =
                    stated.get(chunks == null ? "content-length" : "x-amz-decoded-content-length");
            if (length != null && !length.strip().equals(Long.toString(size))) {
                throw new S3Exception(S3Error.INCOMPLETE_BODY);
            }
            String md5 = digests.check(stated);
            received = true;
            return new ReceivedContent(file, size, md5);
        } finally {
            if (!received) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static @Nullable AwsChunkedInput chunks(
            InputStream body, @Nullable String hash, @Nullable ChunkSignatures signatures)
            throws S3Exception {
        if (hash == null || hash.equals(UNSIGNED) || HASH.matcher(hash).matches()) {
            return null;
        }
        if (SIGNED_CHUNKS.contains(hash)) {
            return new AwsChunkedInput(body, signatures);
        }
        if (hash.equals(UNSIGNED_CHUNKS)) {
            return new AwsChunkedInput(body, null);
        }
        throw new S3Exception(S3Error.INVALID_ARGUMENT);
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

    /** The digests that a client sends before or after its content. */
    private static final class Digests {

        private static final String MD5_HEADER = "content-md5";

        private final Checksum md5 = Checksum.of(Checksum.digest("MD5"));
        private final @Nullable Checksum hash;
        private final Map<String, Checksum> checksums = new TreeMap<>();

        /** The digests that headers contain or announce. */
        Digests(Map<String, String> headers) throws S3Exception {
            String signed = headers.getOrDefault(HASH_HEADER, "");
            hash = HASH.matcher(signed).matches() ? Checksum.of(Checksum.digest("SHA-256")) : null;
            for (String name : headers.keySet()) {
                add(name);
            }
            for (String name : headers.getOrDefault("x-amz-trailer", "").split(",")) {
                add(name.strip());
            }
        }

        private void add(String header) throws S3Exception {
            String name = header.toLowerCase(Locale.ROOT);
            if (isChecksum(name)) {
                Checksum checksum = Checksum.of(name);
                if (checksum == null) {
                    throw new S3Exception(S3Error.NOT_IMPLEMENTED);
                }
                checksums.put(name, checksum);
            }
        }

        private static boolean isChecksum(String name) {
            return name.startsWith(Checksum.HEADER) && !OF_CHECKSUMS.contains(name);
        }

        void update(byte[] bytes, int length) {
            md5.update(bytes, length);
            if (hash != null) {
                hash.update(bytes, length);
            }
            checksums.values().forEach(checksum -> checksum.update(bytes, length));
        }

        /** The MD5 in hexadecimal digits; checks all digests that the client sent. */
        String check(Map<String, String> stated) throws S3Exception {
            if (hash != null
                    && !HexFormat.of().formatHex(hash.value()).equals(stated.get(HASH_HEADER))) {
                throw new S3Exception(S3Error.OTHER_CONTENT);
            }
            for (Map.Entry<String, String> header : stated.entrySet()) {
                String name = header.getKey().toLowerCase(Locale.ROOT);
                if (isChecksum(name)) {
                    Checksum checksum = checksums.get(name);
                    if (checksum == null) {
                        // No header announced this trailer.
                        throw new S3Exception(S3Error.INVALID_ARGUMENT);
                    }
                    check(header.getValue(), checksum.base64());
                }
            }
            byte[] value = md5.value();
            String md5Header = stated.get(MD5_HEADER);
            if (md5Header != null) {
                check(md5Header, Base64.getEncoder().encodeToString(value));
            }
            return HexFormat.of().formatHex(value);
        }

        private static void check(String stated, String computed) throws S3Exception {
            if (!stated.equals(computed)) {
                throw new S3Exception(S3Error.BAD_DIGEST);
            }
        }
    }
}

package io.shopflow.laptop.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * The end of a page of a list: its last key or common prefix, preceded by its CRC-32, in Base64. So
 * clients cannot mistake it for a key, and a forged one is detected.
 */
final class ContinuationToken {

    private ContinuationToken() {}

    static String of(String last) {
        byte[] key = last.getBytes(UTF_8);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        ByteBuffer.allocate(Integer.BYTES + key.length)
                                .putInt(crc32(key))
                                .put(key)
                                .array());
    }

    /** The last key of the previous page; fails for a token that {@link #of} did not return. */
    static String last(String token) throws S3Exception {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            if (bytes.remaining() > Integer.BYTES) {
                int sum = bytes.getInt();
                byte[] key = new byte[bytes.remaining()];
                bytes.get(key);
                if (sum == crc32(key)) {
                    return new String(key, UTF_8);
                }
            }
        } catch (IllegalArgumentException e) {
            // Not in Base64.
        }
        throw new S3Exception(S3Error.INVALID_ARGUMENT);
    }

    private static int crc32(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return (int) sum.getValue();
    }
}

package io.shopflow.extract.spill;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Texts as bytes: ASCII as such, other texts as UTF-16 after a byte that no ASCII has. UTF-8 would
 * make half a surrogate pair, which JSON can contain, equal to a question mark.
 */
final class Text {

    private static final byte UTF_16 = (byte) 0xff;

    private Text() {}

    static byte[] encode(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) >= 0x80) {
                ByteBuffer encoded = ByteBuffer.allocate(1 + 2 * length).put(UTF_16);
                encoded.asCharBuffer().put(text);
                return encoded.array();
            }
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String decode(byte[] bytes, int from, int length) {
        return length > 0 && bytes[from] == UTF_16
                ? ByteBuffer.wrap(bytes, from + 1, length - 1).asCharBuffer().toString()
                : new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    /** FNV-1a, with its bits mixed. */
    static long hash(byte[] key) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : key) {
            hash = (hash ^ b) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}

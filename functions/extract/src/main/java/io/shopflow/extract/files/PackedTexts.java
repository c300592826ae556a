package io.shopflow.extract.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Texts of one row in one array, since a string object takes about 50 bytes more. Each text is
 * preceded by the number of its bytes in UTF-8.
 */
final class PackedTexts {

    private PackedTexts() {}

    static byte[] pack(List<String> texts) {
        List<byte[]> encoded =
                texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
        int size = encoded.stream().mapToInt(bytes -> Integer.BYTES + bytes.length).sum();
        ByteBuffer packed = ByteBuffer.allocate(size);
        encoded.forEach(bytes -> packed.putInt(bytes.length).put(bytes));
        return packed.array();
    }

    /** The text at this index. */
    static String text(byte[] packed, int index) {
        ByteBuffer texts = ByteBuffer.wrap(packed);
        for (int i = 0; i < index; i++) {
            int length = texts.getInt();
            texts.position(texts.position() + length);
        }
        int length = texts.getInt();
        return new String(packed, texts.position(), length, StandardCharsets.UTF_8);
    }
}

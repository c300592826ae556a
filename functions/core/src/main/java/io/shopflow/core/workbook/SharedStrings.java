package io.shopflow.core.workbook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The texts that cells refer to, in one array: a string object takes about 50 bytes more. */
final class SharedStrings {

    private byte[] texts = {};

    /** Where each text ends. */
    private int[] ends = {};

    private int count;

    /** No texts. */
    SharedStrings() {}

    /** Reads the part with the texts, and closes it. */
    static SharedStrings read(XmlTokenizer part) throws IOException {
        SharedStrings strings = new SharedStrings();
        try (part) {
            while (part.find("si")) {
                strings.add(CellText.read(part, "si"));
            }
        }
        return strings;
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int from = count == 0 ? 0 : ends[count - 1];
        int to = from + bytes.length;
        if (to > texts.length) {
            texts = Arrays.copyOf(texts, Math.max(to, texts.length + texts.length / 2));
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, Math.max(64, count + count / 2));
        }
        System.arraycopy(bytes, 0, texts, from, bytes.length);
        ends[count++] = to;
    }

    /** The text of this number; null if there is none. */
    @Nullable String text(int index) {
        if (index < 0 || index >= count) {
            return null;
        }
        int from = index == 0 ? 0 : ends[index - 1];
        return new String(texts, from, ends[index] - from, StandardCharsets.UTF_8);
    }
}

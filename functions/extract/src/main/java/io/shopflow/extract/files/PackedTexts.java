package io.shopflow.extract.files;

import java.util.List;

/**
 * Texts in one, as values of a {@link io.shopflow.extract.spill.SpillingMap}. Each is preceded by
 * its length and a colon.
 */
final class PackedTexts {

    private PackedTexts() {}

    static String pack(List<String> texts) {
        StringBuilder packed = new StringBuilder();
        texts.forEach(text -> packed.append(text.length()).append(':').append(text));
        return packed.toString();
    }

    /** The text at this index. */
    static String text(String packed, int index) {
        int at = 0;
        for (int i = 0; ; i++) {
            int colon = packed.indexOf(':', at);
            int end = colon + 1 + Integer.parseInt(packed, at, colon, 10);
            if (i == index) {
                return packed.substring(colon + 1, end);
            }
            at = end;
        }
    }
}

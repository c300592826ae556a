package io.shopflow.extract.files;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds headers that were written in another encoding than the configured one. A column whose name
 * has a letter beyond ASCII is then missing, although people see it in the file.
 */
final class HeaderEncoding {

    private static final char REPLACEMENT = '\uFFFD';

    /** Byte order marks after the file's beginning, also as an encoding of bytes reads them. */
    private static final List<String> MARKS =
            List.of("\uFEFF", "\uFFFE", "\u00EF\u00BB\u00BF", "\u00FF\u00FE", "\u00FE\u00FF");

    private HeaderEncoding() {}

    /**
     * A sentence for a message, after a blank; empty if nothing is wrong with the encoding.
     *
     * @param names of the header; null if the bytes of one are invalid in the encoding
     * @param encoding in which it was read
     */
    static String doubt(List<@Nullable String> names, Charset encoding) {
        for (String name : names) {
            if (name == null) {
                return " The header is not in %s: check 'format.encoding', which is UTF-8 unless it is set; older programs write windows-1252."
                        .formatted(encoding);
            }
            if (name.indexOf(REPLACEMENT) >= 0) {
                return " The header contains U+FFFD in the place of letters that a conversion lost: check 'format.encoding', or export the file again.";
            }
            if (MARKS.stream().anyMatch(name::startsWith) || isUtf8(name, encoding)) {
                return " The header seems to be in another encoding than %s, probably in UTF-8: check 'format.encoding'."
                        .formatted(encoding);
            }
        }
        return "";
    }

    /** Whether a name beyond ASCII that was read in an encoding of bytes is valid UTF-8. */
    private static boolean isUtf8(String name, Charset encoding) {
        if (encoding.equals(StandardCharsets.UTF_8) || name.chars().allMatch(c -> c < 0x80)) {
            return false;
        }
        try {
            ByteBuffer bytes = encoding.newEncoder().encode(CharBuffer.wrap(name));
            var unused = StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}

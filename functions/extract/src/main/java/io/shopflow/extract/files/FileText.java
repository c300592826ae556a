package io.shopflow.extract.files;

import io.shopflow.core.run.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file's text, detected by its first bytes: a byte order mark takes precedence over the mapping,
 * and a file that is not text is reported with its type.
 *
 * @param charset of the bytes of {@code in}; null if the file does not declare one
 */
record FileText(InputStream in, @Nullable Charset charset) {

    private static final int BYTES_JUDGED = 4096;

    private static final Map<String, String> KINDS = kinds();

    private static Map<String, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("1f8b", "compressed twice; unpack it");
        kinds.put("28b52ffd", "compressed with zstd; unpack it");
        kinds.put("425a68", "compressed with bzip2; unpack it");
        kinds.put("fd377a585a", "compressed with xz; unpack it");
        kinds.put("504b0506", "an empty ZIP archive; have it written again");
        kinds.put("d0cf11e0", "an Excel workbook (XLS); save the sheet as CSV in UTF-8");
        kinds.put("25504446", "a PDF; export the data as CSV in UTF-8");
        kinds.put("50415231", "a Parquet file; export the data as CSV in UTF-8");
        kinds.put("fffe0000", "in UTF-32; save it as UTF-8");
        kinds.put("0000feff", "in UTF-32; save it as UTF-8");
        return kinds;
    }

    /** Examines a text's first bytes. */
    static FileText of(InputStream file) throws FileProblemException, IOException {
        PushbackInputStream in = new PushbackInputStream(file, BYTES_JUDGED);
        byte[] beginning = in.readNBytes(BYTES_JUDGED);
        String hex = HexFormat.of().formatHex(beginning, 0, Math.min(8, beginning.length));
        for (Map.Entry<String, String> kind : KINDS.entrySet()) {
            if (hex.startsWith(kind.getKey())) {
                throw new FileProblemException(
                        Problem.of(
                                "file_kind",
                                "The file is %s, and name that file in the mapping."
                                        .formatted(kind.getValue())));
            }
        }
        int mark =
                hex.startsWith("efbbbf")
                        ? 3
                        : hex.startsWith("fffe") || hex.startsWith("feff") ? 2 : 0;
        if (mark == 0 && looksLikeUtf16(beginning)) {
            throw new FileProblemException(
                    Problem.of(
                                    "file_encoding",
                                    "The file is in UTF-16 without a byte order mark. Save it as UTF-8.")
                            .atLine(1L));
        }
        in.unread(beginning, mark, beginning.length - mark);
        return switch (mark) {
            case 3 -> new FileText(in, StandardCharsets.UTF_8);
            case 2 ->
                    new FileText(
                            new Utf16Input(
                                    in,
                                    hex.startsWith("fffe")
                                            ? StandardCharsets.UTF_16LE
                                            : StandardCharsets.UTF_16BE),
                            StandardCharsets.UTF_8);
            default -> new FileText(in, null);
        };
    }

    /** Latin text in UTF-16 has a zero in every second byte, and in no other. */
    private static boolean looksLikeUtf16(byte[] bytes) {
        int[] zeros = new int[2];
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                zeros[i % 2]++;
            }
        }
        int most = Math.max(zeros[0], zeros[1]);
        int least = Math.min(zeros[0], zeros[1]);
        return bytes.length >= 4 && most * 3 > bytes.length && least * 10 <= most;
    }
}

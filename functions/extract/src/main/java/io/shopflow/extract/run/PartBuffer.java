package io.shopflow.extract.run;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The rows of one stream that are not in a part yet, as CSV. */
final class PartBuffer {

    private final StreamName stream;
    private ByteArrayOutputStream bytes;
    private CsvWriter csv;
    private long rows;
    private int size;

    PartBuffer(StreamName stream) {
        this.stream = stream;
        this.bytes = new ByteArrayOutputStream(1 << 16);
        this.csv = begun(stream, bytes);
    }

    private static CsvWriter begun(StreamName stream, ByteArrayOutputStream bytes) {
        CsvWriter csv =
                CsvWriter.builder()
                        .lineDelimiter(LineDelimiter.LF)
                        .build(bytes, StandardCharsets.UTF_8);
        csv.writeRecord(StreamSchema.of(stream).rawHeader());
        return csv;
    }

    void add(String[] row) {
        csv.writeRecord(row);
        rows++;
        size += row.length;
        for (String value : row) {
            size += value.length();
        }
    }

    long rows() {
        return rows;
    }

    /** The approximate number of bytes: characters and separators, without quotes. */
    int size() {
        return size;
    }

    /** Returns the CSV with its header and empties the buffer. */
    byte[] take() {
        try {
            csv.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] taken = bytes.toByteArray();
        bytes = new ByteArrayOutputStream(taken.length + (taken.length >> 3));
        csv = begun(stream, bytes);
        rows = 0;
        size = 0;
        return taken;
    }
}

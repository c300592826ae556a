package io.shopflow.transform.part;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.shopflow.core.lake.Sha256;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The temporary files of one part; deleted at its end, successful or not. */
final class PartFiles implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path folder;

    /** Creates a folder within {@code java.io.tmpdir}. */
    PartFiles() throws IOException {
        this.folder = Files.createTempDirectory("transform-");
    }

    Path folder() {
        return folder;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Creates a CSV file. */
    static CsvWriter csv(Path file, List<String> header) throws IOException {
        CsvWriter csv =
                CsvWriter.builder()
                        .lineDelimiter(LineDelimiter.LF)
                        .bufferSize(BUFFER_BYTES)
                        .build(Files.newOutputStream(file), StandardCharsets.UTF_8);
        csv.writeRecord(header);
        return csv;
    }

    /** Copies a file of one header line and one line per row, without some of its rows. */
    static void copyWithout(BitSet rows, Path from, Path to) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(from), BUFFER_BYTES);
                OutputStream out =
                        new BufferedOutputStream(Files.newOutputStream(to), BUFFER_BYTES)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            int row = -1;
            boolean keep = true;
            int read = in.read(buffer);
            while (read >= 0) {
                int start = 0;
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        if (keep) {
                            out.write(buffer, start, i + 1 - start);
                        }
                        start = i + 1;
                        row++;
                        keep = !rows.get(row);
                    }
                }
                if (keep) {
                    out.write(buffer, start, read - start);
                }
                read = in.read(buffer);
            }
        }
    }

    /** SHA-256 of a file, hexadecimal. */
    static String sha256(Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(PartFiles::delete);
        }
        Files.delete(folder);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.shopflow.extract.files;

import io.shopflow.core.archive.ZipArchive;
import io.shopflow.core.run.Problem;
import io.shopflow.core.workbook.Workbook;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a file contains: if it is compressed with gzip, or a ZIP archive of one file, what is in it.
 */
sealed interface FileContent extends Closeable {

    /** Bytes, of text as a rule. */
    record Bytes(InputStream in) implements FileContent {
        @Override
        public InputStream bytes() {
            return in;
        }

        @Override
        public ZipArchive workbook() throws FileProblemException, IOException {
            // Reports what else the file may be.
            var unused = FileText.of(in);
            throw new FileProblemException(
                    Problem.of(
                            "file_kind",
                            "The file is no workbook (XLSX), but text. Write 'format: {type: csv}' or 'format: {type: json}' for it in the mapping."));
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** The parts of a workbook. */
    record Parts(ZipArchive archive) implements FileContent {
        @Override
        public InputStream bytes() throws FileProblemException {
            throw new FileProblemException(
                    Problem.of(
                            "file_kind",
                            "The file is a workbook (XLSX). Write 'format: {type: xlsx}' for it in the mapping; add 'sheet' if the data are not in its first sheet."));
        }

        @Override
        public ZipArchive workbook() {
            return archive;
        }

        @Override
        public void close() throws IOException {
            archive.close();
        }
    }

    /** With which every file in gzip begins. */
    String GZIP = "\u001f\u008b";

    /** With which every ZIP archive begins that contains something. */
    String ZIP = "PK\u0003\u0004";

    /** The content for a format of text. */
    InputStream bytes() throws FileProblemException;

    /** The content for a format of workbooks. */
    ZipArchive workbook() throws FileProblemException, IOException;

    /** Unpacks a file once. */
    static FileContent of(InputStream file) throws FileProblemException, IOException {
        PushbackInputStream in = new PushbackInputStream(file, ZIP.length());
        if (begins(in, GZIP)) {
            PushbackInputStream unpacked =
                    new PushbackInputStream(new UnpackedInput(in), ZIP.length());
            return begins(unpacked, ZIP) ? workbookIn(unpacked) : new Bytes(unpacked);
        }
        if (!begins(in, ZIP)) {
            return new Bytes(in);
        }
        ZipArchive archive = ZipArchive.copyOf(in);
        try {
            if (Workbook.isIn(archive)) {
                return new Parts(archive);
            }
            PushbackInputStream unpacked =
                    new PushbackInputStream(onlyFileIn(archive), ZIP.length());
            return begins(unpacked, ZIP) ? workbookIn(unpacked) : new Bytes(unpacked);
        } catch (FileProblemException | IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    private static boolean begins(PushbackInputStream in, String beginning) throws IOException {
        byte[] read = in.readNBytes(beginning.length());
        in.unread(read);
        return new String(read, StandardCharsets.ISO_8859_1).equals(beginning);
    }

    private static FileContent workbookIn(InputStream unpacked)
            throws FileProblemException, IOException {
        ZipArchive archive = ZipArchive.copyOf(unpacked);
        if (Workbook.isIn(archive)) {
            return new Parts(archive);
        }
        archive.close();
        throw new FileProblemException(
                Problem.of(
                        "file_kind",
                        "The file is compressed twice; unpack it, and name that file in the mapping."));
    }

    private static InputStream onlyFileIn(ZipArchive archive)
            throws FileProblemException, IOException {
        List<String> names = archive.dataNames();
        if (names.size() != 1) {
            throw new FileProblemException(
                    Problem.of(
                            "file_kind",
                            names.isEmpty()
                                    ? "The file is a ZIP archive without a file in it. Have it written again."
                                    : "The file is a ZIP archive with several files: %s. Unpack it, and name its files in the mapping."
                                            .formatted(SafeText.names(names))));
        }
        InputStream content = archive.open(names.getFirst(), UnpackedInput.MAX_BYTES).orElseThrow();
        return new FilterInputStream(content) {
            @Override
            public void close() throws IOException {
                super.close();
                archive.close();
            }
        };
    }
}

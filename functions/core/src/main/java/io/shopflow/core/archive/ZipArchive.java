package io.shopflow.core.archive;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A ZIP archive that somebody else made. It is copied to a temporary file, which is gone after
 * {@link #close}, because its table of contents is at its end. Names of entries are only compared:
 * nothing is written under them.
 */
public final class ZipArchive implements Closeable {

    /** Largest archive that is read. */
    public static final long MAX_PACKED_BYTES = 256L << 20;

    /** More entries are not those of an export, and would take memory. */
    private static final int MAX_ENTRIES = 100_000;

    private static final int BUFFER = 1 << 16;

    private final ZipFile zip;

    private ZipArchive(ZipFile zip) {
        this.zip = zip;
    }

    /**
     * Copies an archive, and closes the content.
     *
     * @throws ContentException if it is no archive, or larger than {@link #MAX_PACKED_BYTES}
     */
    public static ZipArchive copyOf(InputStream content) throws IOException {
        Path file = Files.createTempFile("archive", ".zip");
        try (content) {
            try (OutputStream out = Files.newOutputStream(file)) {
                copy(content, out);
            }
            return open(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void copy(InputStream content, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long copied = 0;
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            copied += read;
            if (copied > MAX_PACKED_BYTES) {
                throw ContentException.tooLarge(
                        "The file is a workbook or another ZIP archive of more than %d MiB, and is not read. Save it as CSV, which may be compressed with gzip."
                                .formatted(MAX_PACKED_BYTES >> 20));
            }
            out.write(buffer, 0, read);
        }
    }

    /** An open file can be read after it was deleted. */
    private static ZipArchive open(Path file) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw damaged(e);
        }
        if (zip.size() > MAX_ENTRIES) {
            zip.close();
            throw ContentException.tooLarge(
                    "The file is a ZIP archive of more than %d entries, and is not read. Unpack it."
                            .formatted(MAX_ENTRIES));
        }
        return new ZipArchive(zip);
    }

    private static ContentException damaged(IOException cause) {
        return ContentException.damaged(
                "The file is a workbook or another ZIP archive that cannot be unpacked to its end: it was cut off, damaged on its way, or has a password. Copy it again, or save it without a password.",
                cause);
    }

    /** The names of all files, sorted. */
    public List<String> names() {
        return zip.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    /** The names of the files that are data: not what macOS adds, nor hidden ones. */
    public List<String> dataNames() {
        return names().stream()
                .filter(name -> !name.startsWith("__MACOSX/"))
                .filter(name -> !name.substring(name.lastIndexOf('/') + 1).startsWith("."))
                .toList();
    }

    /**
     * Opens a file.
     *
     * @param name with regard to case only if several differ in it alone
     * @param mostBytes after which reading fails with a {@link ContentException}
     * @return empty if there is none of this name
     */
    public Optional<InputStream> open(String name, long mostBytes) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            entry =
                    zip.stream()
                            .filter(other -> other.getName().equalsIgnoreCase(name))
                            .findFirst()
                            .orElse(null);
        }
        if (entry == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Unpacked(zip.getInputStream(entry), entry.getCrc(), mostBytes));
        } catch (ZipException e) {
            throw damaged(e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** An entry's content, compared with its checksum at its end: {@link ZipFile} does not. */
    private static final class Unpacked extends FilterInputStream {

        private final long checksum;
        private final long mostBytes;
        private final CRC32 found = new CRC32();
        private long count;

        Unpacked(InputStream in, long checksum, long mostBytes) {
            super(in);
            this.checksum = checksum;
            this.mostBytes = mostBytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int read;
            try {
                read = super.read(buffer, from, length);
            } catch (ZipException | EOFException e) {
                throw damaged(e);
            }
            if (read < 0) {
                if (found.getValue() != checksum) {
                    throw damaged(new ZipException("another checksum"));
                }
                return read;
            }
            found.update(buffer, from, read);
            count += read;
            if (count > mostBytes) {
                throw ContentException.tooLarge(
                        "A file within the workbook or ZIP archive has more than %d MiB when unpacked; the rest is not read. Split it, or save it as CSV."
                                .formatted(mostBytes >> 20));
            }
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}

package io.shopflow.extract.files;

import io.shopflow.core.archive.ContentException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The content of a file in gzip. A damaged file is a problem of the source, not of the disk. */
final class UnpackedInput extends FilterInputStream {

    private static final int BUFFER = 1 << 16;

    /** So that a file made to unpack without end ends. */
    static final long MAX_BYTES = 64L << 30;

    private long read;

    UnpackedInput(InputStream packed) throws IOException {
        super(unpacked(packed));
    }

    private static InputStream unpacked(InputStream packed) throws IOException {
        try {
            return new GZIPInputStream(packed, BUFFER);
        } catch (ZipException | EOFException e) {
            throw damaged(e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        try {
            int count = super.read(buffer, from, length);
            read += Math.max(0, count);
            if (read > MAX_BYTES) {
                throw new ZipException("more than " + MAX_BYTES + " bytes");
            }
            return count;
        } catch (ZipException | EOFException e) {
            throw damaged(e);
        }
    }

    private static ContentException damaged(IOException cause) {
        return ContentException.damaged(
                "The file is compressed with gzip, and cannot be unpacked to its end: it was cut off, or damaged on its way. Copy it again.",
                cause);
    }
}

package io.shopflow.dashboard.explore;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/**
 * Sends as long as the reader receives: the server ignores what it cannot send any more, and the
 * database would read millions of rows for nobody.
 */
final class ReceivedOutput extends OutputStream {
    private final OutputStream to;
    private final BooleanSupplier gone;
    private long written;

    ReceivedOutput(OutputStream to, BooleanSupplier gone) {
        this.to = to;
        this.gone = gone;
    }

    /** The reader has closed the connection. */
    static final class ReaderGoneException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ReaderGoneException() {
            super("The reader has closed the connection.");
        }

        ReaderGoneException(IOException cause) {
            super("The reader has closed the connection.", cause);
        }
    }

    @Override
    public void write(int oneByte) {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) {
        if (gone.getAsBoolean()) {
            throw new ReaderGoneException();
        }
        try {
            to.write(bytes, start, length);
            written += length;
        } catch (IOException e) {
            throw new ReaderGoneException(e);
        }
    }

    /** Number of bytes that the server may have begun to send. */
    long written() {
        return written;
    }

    /** Only the end of the answer is flushed, by the server. */
    @Override
    public void flush() {}
}

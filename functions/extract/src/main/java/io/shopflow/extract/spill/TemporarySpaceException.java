package io.shopflow.extract.spill;

/** The platform's folder for temporary files is too small for what must be written to it. */
public final class TemporarySpaceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Creates one.
     *
     * @param needed bytes
     * @param free bytes
     */
    TemporarySpaceException(long needed, long free) {
        super(
                "%d MiB more are needed for temporary files, and %d MiB are free"
                        .formatted((needed + (1 << 20) - 1) >> 20, free >> 20));
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}

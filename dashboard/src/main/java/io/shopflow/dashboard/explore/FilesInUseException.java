package io.shopflow.dashboard.explore;

/** As many files as the dashboard sends at once are being sent. */
public final class FilesInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FilesInUseException() {
        super("Other files are being sent.");
    }
}

package io.shopflow.core.archive;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file's content cannot be read, or only to here: the fault of the file, not of the disk. */
public final class ContentException extends IOException {

    private static final long serialVersionUID = 1;

    private final String rule;

    /**
     * Creates one.
     *
     * @param rule stable id of what is wrong
     * @param message what is wrong and what to do, without values of the file
     */
    public ContentException(String rule, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.rule = rule;
    }

    /** A file that was cut off, or damaged on its way. */
    public static ContentException damaged(String message, @Nullable Throwable cause) {
        return new ContentException("file_damaged", message, cause);
    }

    /** A file that would take more memory or disk than there is. */
    public static ContentException tooLarge(String message) {
        return new ContentException("file_too_large", message, null);
    }

    /** Stable id of what is wrong. */
    public String rule() {
        return rule;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}

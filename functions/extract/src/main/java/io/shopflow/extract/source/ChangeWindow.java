package io.shopflow.extract.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which changes a scan reads. Sources compare to the second, and strictly, so both ends are outside
 * of the window.
 *
 * @param after rows changed after this instant; null: from the first row on
 * @param before rows changed before this instant; null: to the last row
 * @param remembered what the last run up to {@code after} wanted to be remembered; null where there
 *     was none, or where all rows are read
 */
public record ChangeWindow(
        @Nullable Instant after, @Nullable Instant before, @Nullable String remembered) {

    /** A window of which nothing is remembered. */
    public ChangeWindow(@Nullable Instant after, @Nullable Instant before) {
        this(after, before, null);
    }

    /** All rows. */
    public static final ChangeWindow EVERYTHING = new ChangeWindow(null, null);

    /** What changed after an instant; null: all rows. */
    public static ChangeWindow since(@Nullable Instant after) {
        return new ChangeWindow(after, null);
    }

    /** The same, with what a scan wanted to be remembered. */
    public ChangeWindow remembering(@Nullable String what) {
        return new ChangeWindow(after, before, what);
    }
}

package io.shopflow.extract.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a scan reads. Sources compare strictly and to the second, so both ends are
 * outside the window.
 *
 * @param after rows changed after this instant; null: from the first row on
 * @param before rows changed before this instant; null: to the last row
 * @param remembered the data that the last run up to {@code after} passed on; null if there is
 *     none, or if all rows are read
 */
public record ChangeWindow(
        @Nullable Instant after, @Nullable Instant before, @Nullable String remembered) {

    /** A window without remembered data. */
    public ChangeWindow(@Nullable Instant after, @Nullable Instant before) {
        this(after, before, null);
    }

    /** All rows. */
    public static final ChangeWindow EVERYTHING = new ChangeWindow(null, null);

    /** Changes after an instant; null: all rows. */
    public static ChangeWindow since(@Nullable Instant after) {
        return new ChangeWindow(after, null);
    }

    /** The same window with a scan's remembered data. */
    public ChangeWindow remembering(@Nullable String what) {
        return new ChangeWindow(after, before, what);
    }
}

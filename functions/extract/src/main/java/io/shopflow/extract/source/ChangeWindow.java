package io.shopflow.extract.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which changes a scan reads. Sources compare to the second, and strictly, so both ends are outside
 * of the window.
 *
 * @param after rows changed after this instant; null: from the first row on
 * @param before rows changed before this instant; null: to the last row
 */
public record ChangeWindow(@Nullable Instant after, @Nullable Instant before) {

    /** All rows. */
    public static final ChangeWindow EVERYTHING = new ChangeWindow(null, null);

    /** What changed after an instant; null: all rows. */
    public static ChangeWindow since(@Nullable Instant after) {
        return new ChangeWindow(after, null);
    }
}

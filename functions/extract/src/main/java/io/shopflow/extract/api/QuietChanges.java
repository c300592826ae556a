package io.shopflow.extract.api;

import io.shopflow.extract.source.SourceUnavailableException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Finds changes of a list's rows that do not update the time of change, so that no filter finds
 * them.
 */
public interface QuietChanges {

    /** Lists whose every change moves the row's time. */
    QuietChanges NONE = (since, remembered) -> Look.nothing(null);

    /**
     * Checks the API before the list is read.
     *
     * @param since rows up to this instant were read before; null: all rows will be read
     * @param remembered by the last check; null if there was none
     */
    Look look(@Nullable Instant since, @Nullable String remembered)
            throws SourceUnavailableException;

    /**
     * The result of a check.
     *
     * @param from rows changed after this instant must be read again; null: none
     * @param remember for the next check; null: nothing
     * @param note to report; null: nothing
     */
    record Look(@Nullable Instant from, @Nullable String remember, @Nullable String note) {

        /** Nothing was found. */
        public static Look nothing(@Nullable String remember) {
            return new Look(null, remember, null);
        }
    }
}

package io.shopflow.extract.woocommerce;

import io.shopflow.extract.source.SourceUnavailableException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Looks for changes of a list's rows that move no time of change, so that no filter finds them. */
interface QuietChanges {

    /** Lists whose every change moves the row's time. */
    QuietChanges NONE = (since, remembered) -> Look.nothing(null);

    /**
     * Looks at the shop before the list is read.
     *
     * @param since up to when rows were read before; null: all are going to be read
     * @param remembered what the last look said is to be remembered; null where there was none
     */
    Look look(@Nullable Instant since, @Nullable String remembered)
            throws SourceUnavailableException;

    /**
     * What was found.
     *
     * @param from rows changed after this instant have to be read again; null: none
     * @param remember for the next look; null: nothing
     * @param note what to tell; null: nothing
     */
    record Look(@Nullable Instant from, @Nullable String remember, @Nullable String note) {

        static Look nothing(@Nullable String remember) {
            return new Look(null, remember, null);
        }
    }
}

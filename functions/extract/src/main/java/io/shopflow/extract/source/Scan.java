package io.shopflow.extract.source;

import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunNote;
import io.shopflow.core.stream.StreamName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a source that feeds one or more streams: orders with their items and payments, or
 * one file.
 */
public interface Scan {

    /** The streams that the scan feeds; the first is the primary one, whose watermark is kept. */
    List<StreamName> streams();

    /** Whether the source supports windows with an end. Other scans must not be read with one. */
    boolean readsWindows();

    /**
     * Whether the rows that the scan returns replace those of earlier runs, even newer versions.
     * Not so if a daily run and a backfill may read the same row in either order.
     *
     * @param again whether the run reads everything again, although it was read before
     */
    default boolean readsSnapshot(boolean again) {
        return false;
    }

    /**
     * Reads rows into the sink, forward, until the end or until a checkpoint returns false. Reading
     * a row again after {@code cursor} is harmless; missing a row is a loss.
     *
     * @param window which changes to read
     * @param cursor a cursor that an earlier read gave to {@link RowSink#checkpoint}; null begins
     * @throws SourceUnavailableException if the source is unavailable or its answers are unusable
     *     after all retries
     */
    ScanResult read(ChangeWindow window, @Nullable String cursor, RowSink sink)
            throws SourceUnavailableException;

    /**
     * How a scan ended.
     *
     * @param finished false if a checkpoint stopped the scan
     * @param counted the source's own count of rows in the window, per stream; a missing entry
     *     means that it is unknown
     * @param watermark the newest {@code updated_at} read, from which the next run continues; null
     *     if the source has none
     * @param problems mistakes that leave rows out; not empty means incomplete, and the watermark
     *     stays
     * @param notes information that is not a problem
     * @param remember passed to the next run as {@link ChangeWindow#remembered} if the watermark
     *     moves; null: nothing. At most 1 KiB
     */
    record ScanResult(
            boolean finished,
            Map<StreamName, Long> counted,
            @Nullable Instant watermark,
            List<Problem> problems,
            List<RunNote> notes,
            @Nullable String remember) {

        /** Without notes and data for the next run. */
        public ScanResult(
                boolean finished,
                Map<StreamName, Long> counted,
                @Nullable Instant watermark,
                List<Problem> problems) {
            this(finished, counted, watermark, problems, List.of(), null);
        }

        /** A checkpoint stopped the scan. */
        public static ScanResult stopped() {
            return new ScanResult(false, Map.of(), null, List.of());
        }

        /** The scan ended before the source's last row. */
        public static ScanResult failed(List<Problem> problems) {
            return new ScanResult(true, Map.of(), null, problems);
        }

        public ScanResult {
            counted = Map.copyOf(counted);
            problems = List.copyOf(problems);
            notes = List.copyOf(notes);
        }
    }
}

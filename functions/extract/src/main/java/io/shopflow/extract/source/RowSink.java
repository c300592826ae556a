package io.shopflow.extract.source;

import io.shopflow.core.stream.StreamName;

/** Receives the rows of a scan. Cuts them into parts at checkpoints. */
public interface RowSink {

    /**
     * Adds a row.
     *
     * @param values in the order of {@link io.shopflow.core.stream.StreamSchema#rawHeader()}:
     *     position, defect, fields; an empty string for a missing value
     */
    void row(StreamName stream, String[] values);

    /**
     * Keeps a payload exactly as received, for the archive.
     *
     * @return the archive object's key, for the rows' position
     */
    String archive(StreamName stream, byte[] payload);

    /**
     * Records that the source has a row, whether it is added now or was added by an earlier
     * invocation.
     *
     * @param values those of {@link #row}; the id must not be empty
     */
    void seen(StreamName stream, String[] values);

    /**
     * Records the id of a row that the source has and the mapping leaves out. If the same id is
     * {@link #seen} too, that counts.
     */
    void leftOut(StreamName stream, String id);

    /** Declares that all rows that the source has of a stream were {@link #seen}. */
    void hasAllRows(StreamName stream);

    /** The seen rows that share their id with another one. */
    RepeatedIds repeated(StreamName stream);

    /**
     * The ids that are gone. All rows of the source must have been {@link #seen} or {@link
     * #leftOut(StreamName, String) left out}.
     */
    GoneIds gone(StreamName stream);

    /** The known ids that are all left out now. */
    GoneIds leftOut(StreamName stream);

    /** Whether an earlier scan of the run ended with a problem of this rule. */
    boolean failedBy(StreamName stream, String rule);

    /**
     * Stores the seen ids, for comparison by the next run.
     *
     * @param withGone whether to add those that are gone, since their rows are kept
     * @param withLeftOut whether to add those that are left out now, since their rows are kept
     */
    void storeIds(StreamName stream, boolean withGone, boolean withLeftOut);

    /**
     * Declares that everything up to here was added, so that a part may end and reading may resume
     * here.
     *
     * @param cursor what {@link Scan#read} needs to resume; at most 1 KiB of ASCII
     * @param progress how much of the scan is done, 0 to 1
     * @return whether to continue; false if the function's time is short
     */
    boolean checkpoint(String cursor, double progress);
}

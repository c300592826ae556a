package io.shopflow.extract.source;

import io.shopflow.core.stream.Stream;

/** Where a scan puts what it reads. Cuts the rows into parts at checkpoints. */
public interface RowSink {

    /**
     * Adds a row.
     *
     * @param values in the order of {@link io.shopflow.core.stream.StreamSchema#rawHeader()}:
     *     position, defect, fields; an empty string where the source gave nothing
     */
    void row(Stream stream, String[] values);

    /**
     * Keeps a payload exactly as received, for the archive.
     *
     * @return the archive object's key, for the rows' position
     */
    String archive(Stream stream, byte[] payload);

    /**
     * Notes that the source has a row with this id, whether it is added now or was by an earlier
     * invocation.
     */
    void seen(Stream stream, String id);

    /** Which ids are gone. Everything that the source has was {@link #seen}. */
    GoneIds gone(Stream stream);

    /** Remembers what was seen as all that the source has, for the next run to compare with. */
    void remember(Stream stream);

    /**
     * Says that everything before here was added, so that a part may end here and reading may go on
     * from here.
     *
     * @param cursor what {@link Scan#read} needs to go on; at most 1 KiB of ASCII
     * @param progress how much of the scan is done, 0 to 1
     * @return whether to go on; false where the function's time is short
     */
    boolean checkpoint(String cursor, double progress);
}

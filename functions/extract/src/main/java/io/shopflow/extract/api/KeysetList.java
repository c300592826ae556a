package io.shopflow.extract.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.extract.source.SourceUnavailableException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A list that the API can filter and sort by one of its rows' times. Filters work on whole seconds
 * and exclude both ends.
 */
public interface KeysetList extends ApiList {

    /** The name of the time in messages, e.g. {@code date_modified}. */
    String timeField();

    /**
     * A page, sorted by the time.
     *
     * @param after rows after this second; null: from the first row on, including those without a
     *     time
     * @param before rows before this second; null: to the last row
     * @param number of the page, from 1
     * @param keysOnly whether id and time are enough
     */
    ListPage page(@Nullable Instant after, @Nullable Instant before, int number, boolean keysOnly)
            throws SourceUnavailableException;

    /** The number of rows after one second and before another. */
    long count(@Nullable Instant after, @Nullable Instant before) throws SourceUnavailableException;

    /** The time by which the row is sorted; null if it has none or an invalid one. */
    @Nullable Instant timeOf(JsonNode row);
}

package io.shopflow.extract.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.extract.source.SourceUnavailableException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A list that the API can sort by id, but not filter by change. */
public interface IdList extends ApiList {

    /** Whether the API can filter by creation; if not, every run reads everything. */
    boolean filtersByCreation();

    /**
     * A page, sorted by id.
     *
     * @param createdAfter rows created after this instant; some created before may be there too.
     *     Null: all rows
     * @param number of the page, from 1
     */
    ListPage page(@Nullable Instant createdAfter, long number) throws SourceUnavailableException;

    /** The number of pages of rows created after an instant. */
    long pages(@Nullable Instant createdAfter) throws SourceUnavailableException;

    /** The number of rows created after an instant. */
    long count(@Nullable Instant createdAfter) throws SourceUnavailableException;

    /** The time of a row's creation; null if it has none or an invalid one. */
    @Nullable Instant createdAt(JsonNode row);

    /** A failure because of a page whose rows are not in order of id. */
    SourceUnavailableException outOfOrder();
}

package io.shopflow.extract.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.extract.source.SourceUnavailableException;
import java.util.List;
import java.util.function.Consumer;

/** Completes the rows of a page with values that only another request returns. */
public interface RowCompletion {

    /** For lists that are complete. */
    RowCompletion NONE = (rows, archive) -> rows;

    /**
     * The rows, completed.
     *
     * @param archive takes each further body exactly as received
     */
    List<JsonNode> complete(List<JsonNode> rows, Consumer<byte[]> archive)
            throws SourceUnavailableException;
}

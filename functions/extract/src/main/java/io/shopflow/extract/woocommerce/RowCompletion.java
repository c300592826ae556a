package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.extract.source.SourceUnavailableException;
import java.util.List;
import java.util.function.Consumer;

/** Adds to the rows of a page what its list leaves out and another request tells. */
interface RowCompletion {

    /** Lists that tell everything. */
    RowCompletion NONE = (rows, archive) -> rows;

    /**
     * The rows, completed.
     *
     * @param archive takes each further answer exactly as received
     */
    List<JsonNode> complete(List<JsonNode> rows, Consumer<byte[]> archive)
            throws SourceUnavailableException;
}

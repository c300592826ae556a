package io.shopflow.extract.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Maps one object of a list to raw rows of one or more streams. */
public interface ObjectMapping {

    /**
     * The rows, in the order of the scan's streams; values as the API wrote them.
     *
     * @param position of the object in the archive
     */
    List<RawCsvRow> rows(JsonNode object, String position);
}

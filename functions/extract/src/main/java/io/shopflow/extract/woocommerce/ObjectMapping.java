package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Maps one object of a list to raw rows of one or more streams. */
interface ObjectMapping {

    /**
     * The rows, in the order of the scan's streams; values as the shop wrote them.
     *
     * @param position of the object in the archive
     */
    List<RawCsvRow> rows(JsonNode object, String position);
}

package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** How one object of a list becomes raw rows of one or more streams. */
interface RowMapping {

    /**
     * The rows, in the order of the scan's streams; values as the shop wrote them.
     *
     * @param position where the object stands in the archive
     */
    List<RawRow> rows(JsonNode object, String position);
}

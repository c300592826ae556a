package io.shopflow.shop.world;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Wrong values of an order, which the API shows instead of the correct ones. */
public final class Defects {
    private final Map<JsonPointer, JsonNode> values = new LinkedHashMap<>();

    void set(String pointer, JsonNode value) {
        values.put(JsonPointer.compile(pointer), value);
    }

    /** Overwrites the correct values. */
    public void applyTo(ObjectNode json) {
        values.forEach(
                (pointer, value) -> {
                    JsonNode parent = json.at(pointer.head());
                    String last = pointer.last().getMatchingProperty();
                    if (parent instanceof ObjectNode object) {
                        object.set(last, value);
                    } else if (parent instanceof ArrayNode array
                            && array.has(pointer.last().getMatchingIndex())) {
                        array.set(pointer.last().getMatchingIndex(), value);
                    }
                });
    }
}

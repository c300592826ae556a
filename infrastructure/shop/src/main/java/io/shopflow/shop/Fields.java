package io.shopflow.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code _fields}: the fields, or nested fields, that a request wants of each row. */
record Fields(List<String> paths) {

    static Fields of(Query query) {
        List<String> given = query.parameters().getOrDefault("_fields", List.of());
        return new Fields(
                given.stream()
                        .flatMap(value -> Arrays.stream(value.split("[,\\s]+")))
                        .filter(path -> !path.isEmpty())
                        .toList());
    }

    /** The requested part of a row, in the row's own order; the whole row if none was requested. */
    ObjectNode select(ObjectNode row) {
        if (paths.isEmpty()) {
            return row;
        }
        ObjectNode selected = row.objectNode();
        row.properties()
                .forEach(
                        field -> {
                            if (paths.contains(field.getKey())) {
                                selected.set(field.getKey(), field.getValue());
                            } else if (field.getValue() instanceof ObjectNode inner) {
                                JsonNode part = within(field.getKey()).selectSome(inner);
                                if (!part.isEmpty()) {
                                    selected.set(field.getKey(), part);
                                }
                            }
                        });
        return selected;
    }

    private ObjectNode selectSome(ObjectNode inner) {
        return paths.isEmpty() ? inner.objectNode() : select(inner);
    }

    private Fields within(String field) {
        List<String> inner = new ArrayList<>();
        for (String path : paths) {
            if (path.startsWith(field + ".")) {
                inner.add(path.substring(field.length() + 1));
            }
        }
        return new Fields(inner);
    }
}

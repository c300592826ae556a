package io.shopflow.extract.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Reads a body into a tree with bounded values, so that one value cannot fail the other rows or the
 * run. Values nested deeper than {@link #DEEPEST} are left out; none of them is read. A long text
 * is cut, and a number with too many digits becomes a cut text; both are still longer than the
 * transform accepts, so that it reports them.
 */
final class BoundedJson {

    static final int DEEPEST = 64;
    static final int LONGEST_TEXT = 20_000;
    static final int MOST_DIGITS = 400;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    // The body's size is bounded, which bounds these as well.
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(Integer.MAX_VALUE)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNameLength(LONGEST_TEXT)
                                    .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private BoundedJson() {}

    /**
     * The document.
     *
     * @throws IOException if the body is not exactly one complete document
     */
    static JsonNode read(byte[] body) throws IOException {
        try (JsonParser parser = FACTORY.createParser(body)) {
            JsonToken token = parser.nextToken();
            JsonNode document = token == null ? MissingNode.getInstance() : value(parser, token, 1);
            if (parser.nextToken() != null) {
                throw new IOException("more than one document");
            }
            return document;
        }
    }

    private static JsonNode value(JsonParser parser, JsonToken token, int depth)
            throws IOException {
        return switch (token) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                if (depth > DEEPEST) {
                    parser.skipChildren();
                    yield object;
                }
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    object.set(name, value(parser, parser.nextToken(), depth + 1));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                if (depth > DEEPEST) {
                    parser.skipChildren();
                    yield array;
                }
                for (JsonToken next = parser.nextToken();
                        next != JsonToken.END_ARRAY;
                        next = parser.nextToken()) {
                    array.add(value(parser, next, depth + 1));
                }
                yield array;
            }
            case VALUE_STRING -> NODES.textNode(cut(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                    throw new IOException("half a document");
        };
    }

    /** Keeps the digits of amounts as written. */
    private static JsonNode number(JsonParser parser) throws IOException {
        String text = parser.getText();
        if (text.length() > MOST_DIGITS) {
            return NODES.textNode(cut(text));
        }
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && text.length() <= 18) {
            return NODES.numberNode(Long.parseLong(text));
        }
        BigDecimal number = new BigDecimal(text);
        // 1e999999999 as plain digits would take a gigabyte.
        return Math.abs((long) number.scale()) > MOST_DIGITS
                ? NODES.textNode(text)
                : NODES.numberNode(number);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}

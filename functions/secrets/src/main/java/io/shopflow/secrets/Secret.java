package io.shopflow.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A secret's fields: a JSON object of texts. Its text is its name, never a value. */
public final class Secret {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecretReference reference;
    private final Map<String, String> fields;

    private Secret(SecretReference reference, Map<String, String> fields) {
        this.reference = reference;
        this.fields = fields;
    }

    /**
     * Reads a secret's text; throws {@link SecretException} if it is not a JSON object of texts.
     */
    static Secret parse(SecretReference reference, String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException quotesTheText) {
            throw notAnObject(reference);
        }
        if (!json.isObject()) {
            throw notAnObject(reference);
        }
        Map<String, String> fields = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            // Secrets managed by RDS also have fields of other types, which are not used.
            if (field.getValue().isTextual()) {
                fields.put(field.getKey(), field.getValue().textValue());
            }
        }
        return new Secret(reference, fields);
    }

    private static SecretException notAnObject(SecretReference reference) {
        return new SecretException(
                "%s is not a JSON object: store it as {\"field\": \"value\"}."
                        .formatted(reference));
    }

    /** The names of its fields. */
    public Set<String> names() {
        return Set.copyOf(fields.keySet());
    }

    /** A field's value; throws {@link SecretException} if it is missing, empty or not a text. */
    public String field(String name) {
        String value = fields.get(name);
        if (value == null || value.isBlank()) {
            throw new SecretException(
                    "%s has no text in the field '%s': add it.".formatted(reference, name));
        }
        return value;
    }

    /** A field's value; null if it is missing. */
    public @Nullable String fieldOrNull(String name) {
        return fields.get(name);
    }

    /** The reference from which it was read. */
    public SecretReference reference() {
        return reference;
    }

    @Override
    public String toString() {
        return reference.toString();
    }
}

package io.shopflow.extract.configuration;

import io.shopflow.core.lake.Sha256;
import io.shopflow.core.stream.Field;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The SHA-256 of everything in a configuration that affects rows: its values as written, with
 * references unresolved and without comments, and the names, types and privacy of the streams'
 * fields. A new key to the shop or another page size changes neither rows nor hash.
 */
final class ConfigurationHash {

    private ConfigurationHash() {}

    /**
     * The hash.
     *
     * @param withoutEffect keys at the root whose values change no rows
     */
    static String of(Node root, Set<String> withoutEffect) {
        StringBuilder text = new StringBuilder();
        for (StreamName stream : StreamName.values()) {
            for (Field field : StreamSchema.of(stream).fields()) {
                // Not the description, which affects no row.
                text.append(
                        "%s %s %s %s\n"
                                .formatted(
                                        field.name(),
                                        field.type(),
                                        field.required(),
                                        field.privacy()));
            }
            text.append('\n');
        }
        append(root, text, withoutEffect);
        return Sha256.hex(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void append(Node node, StringBuilder text, Set<String> withoutEffect) {
        switch (node) {
            case MappingNode mapping -> {
                text.append('{');
                for (NodeTuple tuple : mapping.getValue()) {
                    boolean counts =
                            !(tuple.getKeyNode() instanceof ScalarNode key)
                                    || !withoutEffect.contains(key.getValue());
                    if (counts) {
                        append(tuple.getKeyNode(), text, Set.of());
                        append(tuple.getValueNode(), text, Set.of());
                    }
                }
                text.append('}');
            }
            case SequenceNode list -> {
                text.append('[');
                list.getValue().forEach(item -> append(item, text, Set.of()));
                text.append(']');
            }
            case ScalarNode scalar ->
                    // With its length, so that different pairs of values never give the same text.
                    text.append(scalar.getValue().length()).append(':').append(scalar.getValue());
            default -> throw new IllegalStateException("no kind of value: " + node.getNodeType());
        }
    }
}

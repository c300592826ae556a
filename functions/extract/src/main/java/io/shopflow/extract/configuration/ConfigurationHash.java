package io.shopflow.extract.configuration;

import io.shopflow.core.stream.Stream;
import io.shopflow.core.stream.StreamSchema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The SHA-256 of everything in a configuration that affects rows: its values as written, with
 * references unresolved and without comments, and the fields of the streams. A new key to the shop
 * or another page size changes neither rows nor hash.
 */
final class ConfigurationHash {

    private static final Set<String> WITHOUT_EFFECT_ON_ROWS =
            Set.of("key", "secret", "overlap", "page_size", "timeout");

    private ConfigurationHash() {}

    static String of(Node root) {
        StringBuilder text = new StringBuilder();
        for (Stream stream : Stream.values()) {
            text.append(StreamSchema.of(stream).fields()).append('\n');
        }
        append(root, text, true);
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void append(Node node, StringBuilder text, boolean isRoot) {
        switch (node) {
            case MappingNode mapping -> {
                text.append('{');
                for (NodeTuple tuple : mapping.getValue()) {
                    boolean counts =
                            !isRoot
                                    || !(tuple.getKeyNode() instanceof ScalarNode key)
                                    || !WITHOUT_EFFECT_ON_ROWS.contains(key.getValue());
                    if (counts) {
                        append(tuple.getKeyNode(), text, false);
                        append(tuple.getValueNode(), text, false);
                    }
                }
                text.append('}');
            }
            case SequenceNode list -> {
                text.append('[');
                list.getValue().forEach(item -> append(item, text, false));
                text.append(']');
            }
            case ScalarNode scalar ->
                    // With its length, so that different pairs of values never give the same text.
                    text.append(scalar.getValue().length()).append(':').append(scalar.getValue());
            default -> throw new IllegalStateException("no kind of value: " + node.getNodeType());
        }
    }
}

package io.shopflow.extract.configuration;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Limits of a configuration: reading a larger one would exhaust the stack or the memory. */
final class YamlLimits {

    /** Bytes of the file. */
    static final int MAX_BYTES = 1 << 20;

    /** Nesting of mappings and lists. */
    static final int MAX_DEPTH = 50;

    /** Keys and values; those that an alias repeats count again. */
    static final int MAX_NODES = 100_000;

    static final String EXPLANATION =
            "The file is too large: at most %d bytes, %d keys and values, and %d mappings within each other are read, none of which refers to itself."
                    .formatted(MAX_BYTES, MAX_NODES, MAX_DEPTH);

    private YamlLimits() {}

    /**
     * The first line that is nested too deeply. Found without recursion, so that deep nesting gives
     * a message instead of a stack overflow.
     */
    static Optional<Long> lineBeyond(byte[] yaml, LoadSettings settings) {
        if (yaml.length > MAX_BYTES) {
            return Optional.of(1L);
        }
        int depth = 0;
        for (Event event : new Parse(settings).parseInputStream(new ByteArrayInputStream(yaml))) {
            if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                return Optional.of(
                        event.getStartMark().map(mark -> mark.getLine() + 1L).orElse(1L));
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
        return Optional.empty();
    }

    /** Whether the number of nodes, including those that aliases repeat, is within the limit. */
    static boolean fits(Node root) {
        return count(root, 1, 0) <= MAX_NODES;
    }

    private static int count(Node node, int depth, int before) {
        int count = before + 1;
        if (depth > MAX_DEPTH + 1) {
            return MAX_NODES + 1;
        }
        switch (node) {
            case MappingNode mapping -> {
                for (NodeTuple tuple : mapping.getValue()) {
                    if (count <= MAX_NODES) {
                        count = count(tuple.getKeyNode(), depth + 1, count);
                        count = count(tuple.getValueNode(), depth + 1, count);
                    }
                }
            }
            case SequenceNode list -> {
                for (Node item : list.getValue()) {
                    if (count <= MAX_NODES) {
                        count = count(item, depth + 1, count);
                    }
                }
            }
            default -> {}
        }
        return count;
    }
}

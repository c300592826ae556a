package io.shopflow.lambda.trace;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The trace that an invocation belongs to.
 *
 * @param root the trace's id
 * @param parent the id of Lambda's segment of the invocation
 * @see <a
 *     href="https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader">Tracing
 *     header</a>
 */
record TraceHeader(String root, String parent) {

    private static final Pattern ROOT = Pattern.compile("1-[0-9a-f]{8}-[0-9a-f]{24}");
    private static final Pattern PARENT = Pattern.compile("[0-9a-f]{16}");

    /** Reads a header; empty if the trace is not sampled, or this is not a valid header. */
    static Optional<TraceHeader> parse(String header) {
        Map<String, String> fields = new HashMap<>();
        for (String field : header.split(";", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals).strip(), field.substring(equals + 1).strip());
            }
        }
        String root = fields.getOrDefault("Root", "");
        String parent = fields.getOrDefault("Parent", "");
        return "1".equals(fields.get("Sampled"))
                        && ROOT.matcher(root).matches()
                        && PARENT.matcher(parent).matches()
                ? Optional.of(new TraceHeader(root, parent))
                : Optional.empty();
    }
}

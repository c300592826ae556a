package io.shopflow.lambda.trace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the durations of an invocation's steps to X-Ray's daemon, as subsegments of Lambda's
 * segment. Sends nothing if there is no daemon or the trace is not sampled. A step returns or
 * throws what its work does, whether or not sending succeeds.
 *
 * @see <a href="https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html">Sending
 *     trace data to X-Ray</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html">Segment
 *     documents</a>
 */
public final class Tracer {

    /** Set by Lambda if tracing is on. */
    private static final String DAEMON = "AWS_XRAY_DAEMON_ADDRESS";

    /** Set for each invocation by AWS's Java runtime client and by Quarkus' poll loop. */
    private static final String HEADER_PROPERTY = "com.amazonaws.xray.traceHeader";

    /** Set by older runtimes. */
    private static final String HEADER_VARIABLE = "_X_AMZN_TRACE_ID";

    private static final String PROTOCOL = "{\"format\": \"json\", \"version\": 1}\n";

    /**
     * A trace is limited to 500 KB, and a subsegment has about 400 bytes: further calls are not
     * sent.
     */
    private static final int MAX_CALLS = 500;

    private final Optional<InetSocketAddress> daemon;
    private final Supplier<@Nullable String> header;
    private final Clock clock;
    private final ThreadLocal<@Nullable String> parent = new ThreadLocal<>();
    private @Nullable DatagramSocket socket;
    private String countedTrace = "";
    private int calls;

    /**
     * A tracer.
     *
     * @param daemon address of X-Ray's daemon; empty if there is none
     * @param header the tracing header of the current invocation; null outside one
     */
    Tracer(Optional<InetSocketAddress> daemon, Supplier<@Nullable String> header, Clock clock) {
        this.daemon = daemon;
        this.header = header;
        this.clock = clock;
    }

    /** A tracer with the settings of Lambda's environment. */
    public static Tracer ofEnvironment() {
        return new Tracer(
                Optional.ofNullable(System.getenv(DAEMON)).flatMap(DaemonAddress::parse),
                () -> {
                    String property = System.getProperty(HEADER_PROPERTY);
                    return property == null ? System.getenv(HEADER_VARIABLE) : property;
                },
                Clock.systemUTC());
    }

    /** A tracer that sends nothing. */
    public static Tracer none() {
        return new Tracer(Optional.empty(), () -> null, Clock.systemUTC());
    }

    /** Runs a step of an invocation. Steps and calls within it, on this thread, belong to it. */
    public <T, X extends Exception> T step(
            String name, Map<String, String> annotations, Work<T, X> work) throws X {
        return traced(new Subsegment(name, "", "", annotations), work);
    }

    /** Runs a step without annotations. */
    public <T, X extends Exception> T step(String name, Work<T, X> work) throws X {
        return step(name, Map.of(), work);
    }

    /** Calls an operation of an AWS service. */
    public <T, X extends Exception> T call(String service, String operation, Work<T, X> work)
            throws X {
        return traced(new Subsegment(service, "aws", operation, Map.of()), work);
    }

    private <T, X extends Exception> T traced(Subsegment subsegment, Work<T, X> work) throws X {
        Optional<TraceHeader> trace = trace();
        if (trace.isEmpty() || (subsegment.isCall() && !counts(trace.get().root()))) {
            return work.run();
        }
        String outer = parent.get();
        String id = newId();
        Instant start = clock.instant();
        Exception failure = null;
        parent.set(id);
        try {
            return work.run();
        } catch (Exception e) {
            failure = e;
            throw e;
        } finally {
            if (outer == null) {
                parent.remove();
            } else {
                parent.set(outer);
            }
            send(
                    document(
                            subsegment,
                            id,
                            trace.get(),
                            outer == null ? trace.get().parent() : outer,
                            start,
                            failure));
        }
    }

    private Optional<TraceHeader> trace() {
        if (daemon.isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(header.get()).flatMap(TraceHeader::parse);
    }

    private synchronized boolean counts(String trace) {
        if (!trace.equals(countedTrace)) {
            countedTrace = trace;
            calls = 0;
        }
        calls++;
        return calls <= MAX_CALLS;
    }

    private byte[] document(
            Subsegment subsegment,
            String id,
            TraceHeader trace,
            String parentId,
            Instant start,
            @Nullable Exception failure) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "subsegment")
                        .put("name", subsegment.name())
                        .put("id", id)
                        .put("trace_id", trace.root())
                        .put("parent_id", parentId)
                        .put("start_time", seconds(start))
                        .put("end_time", seconds(clock.instant()));
        if (subsegment.isCall()) {
            json.put("namespace", subsegment.namespace());
            json.putObject("aws").put("operation", subsegment.operation());
        }
        if (!subsegment.annotations().isEmpty()) {
            ObjectNode annotations = json.putObject("annotations");
            subsegment.annotations().forEach(annotations::put);
        }
        if (failure != null) {
            // Types only: messages may quote confidential values.
            ArrayNode exceptions =
                    json.put("fault", true).putObject("cause").putArray("exceptions");
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                exceptions.addObject().put("id", newId()).put("type", cause.getClass().getName());
            }
        }
        return (PROTOCOL + json).getBytes(StandardCharsets.UTF_8);
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }

    /** From the secure generator, which stays random after Lambda has restored a snapshot. */
    private static String newId() {
        return HexFormat.of().toHexDigits(UUID.randomUUID().getLeastSignificantBits());
    }

    private synchronized void send(byte[] datagram) {
        try {
            if (socket == null) {
                socket = new DatagramSocket();
            }
            socket.send(new DatagramPacket(datagram, datagram.length, daemon.orElseThrow()));
        } catch (IOException e) {
            // Traces, like datagrams, are best effort: the work is done and must not be repeated
            // because of a lost trace. The next one may arrive.
            return;
        }
    }

    /**
     * The work of a step.
     *
     * @param <T> its result
     * @param <X> its exception
     */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {
        /** Runs the work. */
        T run() throws X;
    }

    private record Subsegment(
            String name, String namespace, String operation, Map<String, String> annotations) {
        boolean isCall() {
            return !namespace.isEmpty();
        }
    }
}

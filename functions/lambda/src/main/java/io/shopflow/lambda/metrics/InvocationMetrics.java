package io.shopflow.lambda.metrics;

import io.shopflow.lambda.event.SqsBatchResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Metrics that every invocation writes at its end. One object for the life of a process. */
public final class InvocationMetrics {

    private static final String STATUS = "/proc/self/status";

    private final Metrics metrics;
    private final Path status;
    private final AtomicBoolean cold = new AtomicBoolean(true);

    /** Of this process. */
    public InvocationMetrics(Metrics metrics) {
        this(metrics, Path.of(STATUS));
    }

    /**
     * Of a process.
     *
     * @param status Linux's status file of it; may be missing
     */
    InvocationMetrics(Metrics metrics, Path status) {
        this.metrics = metrics;
        this.status = status;
    }

    /** Reports the end of an invocation, successful or not. */
    public void ended() {
        line().write();
    }

    /** Reports the end of a batch; returns its response. */
    public SqsBatchResponse ended(SqsBatchResponse response) {
        line().put(Metric.MESSAGES_FAILED, response.batchItemFailures().size()).write();
        return response;
    }

    private MetricLine line() {
        MetricLine line =
                metrics.ofFunction().put(Metric.COLD_START, cold.getAndSet(false) ? 1 : 0);
        residentMegabytes(status).ifPresent(used -> line.put(Metric.MEMORY_USED, used));
        return line;
    }

    /**
     * Resident memory, as Linux counts it.
     *
     * @see <a href="https://docs.kernel.org/filesystems/proc.html">The /proc filesystem</a>
     */
    private static OptionalDouble residentMegabytes(Path status) {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                    .findFirst();
        } catch (IOException e) {
            // macOS has no such file, and a missing metric must not fail the invocation.
            return OptionalDouble.empty();
        }
    }
}

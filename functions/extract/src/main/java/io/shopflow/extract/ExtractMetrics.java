package io.shopflow.extract;

import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.lambda.metrics.Metric;
import io.shopflow.lambda.metrics.MetricLine;
import io.shopflow.lambda.metrics.Metrics;
import java.time.Duration;

/** Metrics of a run's end: one line for each stream and one for the source. */
final class ExtractMetrics {

    /** Prefix of the rules for problems of the whole source: unavailable, refused, malformed. */
    private static final String SOURCE_RULES = "source_";

    private final Metrics metrics;

    ExtractMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Reports a run's end. Problems of windows are not reported: their backfill handles them, and
     * the alarms watch whether the source can be read today.
     */
    void ended(RunManifest manifest) {
        manifest.streams().forEach(stream -> ended(manifest, stream));
        MetricLine line = metrics.ofSource(manifest.source());
        if (manifest.until() == null) {
            line.put(Metric.EXTRACT_PROBLEMS, manifest.problems().size())
                    .put(Metric.SOURCE_UNAVAILABLE, isUnavailable(manifest) ? 1 : 0);
        }
        line.putRate(
                        Metric.EXTRACT_RATE,
                        manifest.streams().stream().mapToLong(StreamExtract::extracted).sum(),
                        Duration.between(manifest.startedAt(), manifest.finishedAt()))
                .property("run_id", manifest.runId().value())
                .write();
    }

    private void ended(RunManifest manifest, StreamExtract stream) {
        MetricLine line =
                metrics.ofStream(manifest.source(), stream.stream())
                        .put(Metric.ROWS_EXTRACTED, stream.extracted())
                        .property("run_id", manifest.runId().value());
        Long counted = stream.counted();
        if (counted != null) {
            line.put(Metric.ROWS_COUNTED, counted);
        }
        line.write();
    }

    private static boolean isUnavailable(RunManifest manifest) {
        return manifest.problems().stream()
                .map(Problem::rule)
                .anyMatch(rule -> rule.startsWith(SOURCE_RULES));
    }
}

package io.shopflow.extract;

import io.shopflow.core.metrics.Metric;
import io.shopflow.core.metrics.MetricLine;
import io.shopflow.core.metrics.Metrics;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.StreamExtract;
import java.time.Duration;

/** What a run's end tells: one line for each stream and one for the source. */
final class ExtractMetrics {

    /** How the rules of problems begin that a source has as a whole: away, refused, malformed. */
    private static final String SOURCE_RULES = "source_";

    private final Metrics metrics;

    ExtractMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    /**
     * A run has been extracted. What went wrong with a window is not told: its backfill judges it,
     * and the alarms ask whether the source can be read today.
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

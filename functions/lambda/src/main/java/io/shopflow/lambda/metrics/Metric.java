package io.shopflow.lambda.metrics;

import static io.shopflow.lambda.metrics.Dimension.BY_FUNCTION;
import static io.shopflow.lambda.metrics.Dimension.BY_SOURCE;
import static io.shopflow.lambda.metrics.Dimension.BY_STREAM;
import static io.shopflow.lambda.metrics.FunctionName.BACKFILL;
import static io.shopflow.lambda.metrics.FunctionName.EXTRACT;
import static io.shopflow.lambda.metrics.FunctionName.LOAD;
import static io.shopflow.lambda.metrics.FunctionName.TRANSFORM;
import static io.shopflow.lambda.metrics.Unit.COUNT;
import static io.shopflow.lambda.metrics.Unit.COUNT_PER_SECOND;
import static io.shopflow.lambda.metrics.Unit.MEGABYTES;
import static io.shopflow.lambda.metrics.Unit.MILLISECONDS;

import java.util.List;
import java.util.Set;

/**
 * All metrics that the functions write, in the namespace {@value Metrics#NAMESPACE}. Alarms, the
 * CloudWatch dashboard and {@code docs/reference/metrics.md}, which has their meanings, name these
 * and no others.
 */
public enum Metric {
    ROWS_COUNTED("RowsCounted", COUNT, BY_STREAM, EXTRACT),
    ROWS_EXTRACTED("RowsExtracted", COUNT, BY_STREAM, EXTRACT),
    EXTRACT_PROBLEMS("ExtractProblems", COUNT, BY_SOURCE, EXTRACT),
    SOURCE_UNAVAILABLE("SourceUnavailable", COUNT, BY_SOURCE, EXTRACT),
    EXTRACT_RATE("ExtractRate", COUNT_PER_SECOND, BY_SOURCE, EXTRACT),
    ROWS_TRANSFORMED("RowsTransformed", COUNT, BY_STREAM, TRANSFORM),
    ROWS_QUARANTINED("RowsQuarantined", COUNT, BY_STREAM, TRANSFORM),
    ROWS_DUPLICATE("RowsDuplicate", COUNT, BY_STREAM, TRANSFORM),
    TRANSFORM_RATE("TransformRate", COUNT_PER_SECOND, BY_SOURCE, TRANSFORM),
    ROWS_INSERTED("RowsInserted", COUNT, BY_STREAM, LOAD),
    ROWS_UPDATED("RowsUpdated", COUNT, BY_STREAM, LOAD),
    ROWS_UNCHANGED("RowsUnchanged", COUNT, BY_STREAM, LOAD),
    LOAD_RATE("LoadRate", COUNT_PER_SECOND, BY_SOURCE, LOAD),
    RUNS_COMPLETE("RunsComplete", COUNT, BY_SOURCE, LOAD),
    RUNS_INCOMPLETE("RunsIncomplete", COUNT, BY_SOURCE, LOAD),
    RUN_DURATION("RunDuration", MILLISECONDS, BY_SOURCE, LOAD),
    NOTIFICATIONS_FAILED("NotificationsFailed", COUNT, BY_FUNCTION, LOAD),
    BACKFILL_RUNS("BackfillRuns", COUNT, BY_SOURCE, BACKFILL),
    COLD_START("ColdStart", COUNT, BY_FUNCTION, FunctionName.values()),
    MEMORY_USED("MemoryUsed", MEGABYTES, BY_FUNCTION, FunctionName.values()),
    MESSAGES_FAILED("MessagesFailed", COUNT, BY_FUNCTION, EXTRACT, TRANSFORM, LOAD);

    private final String metricName;
    private final Unit unit;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<List<Dimension>> dimensionSets;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<FunctionName> functions;

    Metric(
            String metricName,
            Unit unit,
            List<List<Dimension>> dimensionSets,
            FunctionName... functions) {
        this.metricName = metricName;
        this.unit = unit;
        this.dimensionSets = dimensionSets;
        this.functions = Set.of(functions);
    }

    /** The name in CloudWatch. */
    public String metricName() {
        return metricName;
    }

    /** The unit of its values. */
    public Unit unit() {
        return unit;
    }

    /** The sets of dimensions by which it can be queried; every value counts in each of them. */
    public List<List<Dimension>> dimensionSets() {
        return dimensionSets;
    }

    /** The functions that write it. */
    public Set<FunctionName> functions() {
        return functions;
    }
}

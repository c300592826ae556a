package io.shopflow.lambda.metrics;

import static io.shopflow.lambda.metrics.Dimension.BY_FUNCTION;
import static io.shopflow.lambda.metrics.Dimension.BY_SOURCE;
import static io.shopflow.lambda.metrics.Dimension.BY_STREAM;
import static io.shopflow.lambda.metrics.FunctionName.BACKFILL;
import static io.shopflow.lambda.metrics.FunctionName.EXTRACT;
import static io.shopflow.lambda.metrics.FunctionName.LOAD;
import static io.shopflow.lambda.metrics.FunctionName.MIGRATE;
import static io.shopflow.lambda.metrics.FunctionName.TRANSFORM;
import static io.shopflow.lambda.metrics.Unit.COUNT;
import static io.shopflow.lambda.metrics.Unit.COUNT_PER_SECOND;
import static io.shopflow.lambda.metrics.Unit.MEGABYTES;
import static io.shopflow.lambda.metrics.Unit.MILLISECONDS;

import java.util.List;
import java.util.Set;

/**
 * All metrics that the functions write, in the namespace {@value Metrics#NAMESPACE}. Alarms, the
 * CloudWatch dashboard and {@code docs/reference/metrics.md} name these and no others.
 */
public enum Metric {
    ROWS_COUNTED(
            "RowsCounted",
            COUNT,
            BY_STREAM,
            "Rows that the source itself counts in the run's window; missing where it cannot be asked",
            EXTRACT),
    ROWS_EXTRACTED(
            "RowsExtracted", COUNT, BY_STREAM, "Rows that the run wrote into raw parts", EXTRACT),
    EXTRACT_PROBLEMS(
            "ExtractProblems",
            COUNT,
            BY_SOURCE,
            "Problems in the run's manifest; 0 for a clean run; not told of a backfill's windows",
            EXTRACT),
    SOURCE_UNAVAILABLE(
            "SourceUnavailable",
            COUNT,
            BY_SOURCE,
            "1 for a run whose source was away, refused or answered nonsense after all retries, else 0; not told of a backfill's windows",
            EXTRACT),
    EXTRACT_RATE(
            "ExtractRate",
            COUNT_PER_SECOND,
            BY_SOURCE,
            "Rows extracted by the second, from a run's first page to its manifest; missing for a run without rows",
            EXTRACT),
    ROWS_TRANSFORMED(
            "RowsTransformed",
            COUNT,
            BY_STREAM,
            "Rows of the raw parts that were transformed: clean, duplicate and quarantined ones; those of a backfill's windows are not counted",
            TRANSFORM),
    ROWS_QUARANTINED(
            "RowsQuarantined", COUNT, BY_STREAM, "Rows of them that were rejected", TRANSFORM),
    ROWS_DUPLICATE(
            "RowsDuplicate",
            COUNT,
            BY_STREAM,
            "Rows of them left out for a newer version of the same key in the same part",
            TRANSFORM),
    TRANSFORM_RATE(
            "TransformRate",
            COUNT_PER_SECOND,
            BY_SOURCE,
            "Rows transformed by the second, per part; missing for a part without rows",
            TRANSFORM),
    ROWS_INSERTED("RowsInserted", COUNT, BY_STREAM, "Rows that were new in the warehouse", LOAD),
    ROWS_UPDATED(
            "RowsUpdated", COUNT, BY_STREAM, "Rows that changed what was in the warehouse", LOAD),
    ROWS_UNCHANGED("RowsUnchanged", COUNT, BY_STREAM, "Rows that said nothing new", LOAD),
    LOAD_RATE(
            "LoadRate",
            COUNT_PER_SECOND,
            BY_SOURCE,
            "Rows loaded by the second, per part; missing for a part without rows",
            LOAD),
    RUNS_COMPLETE(
            "RunsComplete",
            COUNT,
            BY_SOURCE,
            "When a run is closed: 1 if every stream balances and nothing went wrong, else 0",
            LOAD),
    RUNS_INCOMPLETE(
            "RunsIncomplete",
            COUNT,
            BY_SOURCE,
            "When a run is closed: 1 if it is not complete, else 0",
            LOAD),
    RUN_DURATION(
            "RunDuration",
            MILLISECONDS,
            BY_SOURCE,
            "When a run is closed: the time since it was asked for",
            LOAD),
    BACKFILL_RUNS(
            "BackfillRuns",
            COUNT,
            BY_SOURCE,
            "Runs that a backfill asks for, one for each window",
            BACKFILL),
    COLD_START(
            "ColdStart",
            COUNT,
            BY_FUNCTION,
            "1 for the first invocation of a process, else 0",
            EXTRACT,
            TRANSFORM,
            LOAD,
            MIGRATE,
            BACKFILL),
    MEMORY_USED(
            "MemoryUsed",
            MEGABYTES,
            BY_FUNCTION,
            "Resident memory of the process at the end of an invocation; missing where the system does not tell (macOS)",
            EXTRACT,
            TRANSFORM,
            LOAD,
            MIGRATE,
            BACKFILL),
    MESSAGES_FAILED(
            "MessagesFailed",
            COUNT,
            BY_FUNCTION,
            "Messages of an invocation's batch that failed and come again; 0 where none did",
            EXTRACT,
            TRANSFORM,
            LOAD);

    private final String metricName;
    private final Unit unit;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<List<Dimension>> dimensionSets;

    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<FunctionName> functions;

    Metric(
            String metricName,
            Unit unit,
            List<List<Dimension>> dimensionSets,
            String meaning,
            FunctionName... functions) {
        this.metricName = metricName;
        this.unit = unit;
        this.dimensionSets = dimensionSets;
        this.meaning = meaning;
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

    /** The meaning of a value, in one sentence. */
    public String meaning() {
        return meaning;
    }

    /** The functions that write it. */
    public Set<FunctionName> functions() {
        return functions;
    }
}

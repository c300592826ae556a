package io.shopflow.backfill;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.shopflow.core.run.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request to the function; {@code operation} selects its type. */
@RegisterForReflection
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "operation")
@JsonSubTypes({
    @JsonSubTypes.Type(value = BackfillRequest.PlanRequest.class, name = "plan"),
    @JsonSubTypes.Type(value = BackfillRequest.ProgressRequest.class, name = "progress"),
    @JsonSubTypes.Type(value = BackfillRequest.VerifyRequest.class, name = "verify"),
})
public sealed interface BackfillRequest {

    /**
     * Requests the windows of a range of days: the input of the state machine, and its execution.
     * The values are not checked yet: {@link PlanWindows} reports all mistakes.
     *
     * @param from first day, ISO 8601
     * @param until the day after the last one, ISO 8601
     * @param windowDays days in a window, 31 by default; the last window may be shorter
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record PlanRequest(
            @Nullable Execution execution,
            @Nullable String source,
            @Nullable String from,
            @Nullable String until,
            @Nullable Integer windowDays)
            implements BackfillRequest {}

    /**
     * The execution of the state machine. The same name gives the same run ids.
     *
     * @param startedAt ISO 8601
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Execution(@Nullable String name, @Nullable String startedAt) {}

    /** Requests the progress of a run. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record ProgressRequest(String source, RunId runId) implements BackfillRequest {}

    /**
     * Requests the verification of all windows.
     *
     * @param retries how often an incomplete run of a window may have been requested again; 0 by
     *     default
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record VerifyRequest(List<Window> windows, int retries) implements BackfillRequest {
        public VerifyRequest {
            windows = List.copyOf(windows);
        }
    }
}

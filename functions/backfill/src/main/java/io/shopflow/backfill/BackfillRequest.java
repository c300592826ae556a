package io.shopflow.backfill;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.shopflow.backfill.plan.Window;
import io.shopflow.core.run.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the function can be asked; {@code operation} says which. */
@RegisterForReflection
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "operation")
@JsonSubTypes({
    @JsonSubTypes.Type(value = BackfillRequest.Plan.class, name = "plan"),
    @JsonSubTypes.Type(value = BackfillRequest.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = BackfillRequest.Verify.class, name = "verify"),
})
public sealed interface BackfillRequest {

    /**
     * Into which windows do these days fall? The input of an execution of the state machine, and
     * the execution itself.
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Plan(
            @Nullable Execution execution,
            @Nullable String source,
            @Nullable String from,
            @Nullable String until,
            @Nullable Integer windowDays)
            implements BackfillRequest {}

    /**
     * What names a backfill.
     *
     * @param startedAt ISO 8601
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Execution(@Nullable String name, @Nullable String startedAt) {}

    /** How far is this run? */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Progress(String source, RunId runId) implements BackfillRequest {}

    /**
     * Are all windows through, and good?
     *
     * @param retries how often an incomplete run of a window may have been asked for again; 0 where
     *     left out
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Verify(List<Window> windows, int retries) implements BackfillRequest {
        /** Defensive copy. */
        public Verify {
            windows = List.copyOf(windows);
        }
    }
}

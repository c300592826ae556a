package io.shopflow.backfill;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.shopflow.core.run.RunId;
import io.shopflow.ledger.RowCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reply to the {@link BackfillRequest} with the same operation. */
@RegisterForReflection
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "operation")
@JsonSubTypes({
    @JsonSubTypes.Type(value = BackfillReply.PlanReply.class, name = "plan"),
    @JsonSubTypes.Type(value = BackfillReply.ProgressReply.class, name = "progress"),
    @JsonSubTypes.Type(value = BackfillReply.VerifyReply.class, name = "verify"),
})
public sealed interface BackfillReply {

    /**
     * The windows of a backfill.
     *
     * @param accepted whether the request is valid; if not, there are reasons and no windows
     * @param windows in order of time
     * @param reasons what to change in the request
     */
    @RegisterForReflection
    record PlanReply(
            boolean accepted, @Nullable String source, List<Window> windows, List<String> reasons)
            implements BackfillReply {
        public PlanReply {
            windows = List.copyOf(windows);
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * The progress of a run.
     *
     * @param status canonical name of the run's status; {@value #UNKNOWN} if none of its objects is
     *     loaded, or it was never requested
     * @param problems rules of the problems of its extraction
     * @param nextRunId of the run to request if this one is incomplete
     */
    @RegisterForReflection
    record ProgressReply(
            String source,
            RunId runId,
            String status,
            RowCounts rows,
            List<String> problems,
            RunId nextRunId)
            implements BackfillReply {

        /** Not a status of the ledger. */
        public static final String UNKNOWN = "unknown";

        public ProgressReply {
            problems = List.copyOf(problems);
        }
    }

    /**
     * The verification of all windows.
     *
     * @param accepted whether all are complete and balanced, and few enough rows are quarantined
     * @param reasons what is wrong; shortened if there are many
     * @param complete number of complete windows
     * @param rows of all runs of the windows, including incomplete ones
     */
    @RegisterForReflection
    record VerifyReply(
            boolean accepted,
            List<String> reasons,
            int windows,
            int complete,
            RowCounts rows,
            double quarantinedPercent)
            implements BackfillReply {
        public VerifyReply {
            reasons = List.copyOf(reasons);
        }
    }
}

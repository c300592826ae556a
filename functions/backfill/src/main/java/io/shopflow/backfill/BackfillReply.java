package io.shopflow.backfill;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.shopflow.backfill.plan.Window;
import io.shopflow.core.run.RunId;
import io.shopflow.ledger.RowCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the function answers to the operation of the same name. */
@RegisterForReflection
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "operation")
@JsonSubTypes({
    @JsonSubTypes.Type(value = BackfillReply.Planned.class, name = "plan"),
    @JsonSubTypes.Type(value = BackfillReply.Progressed.class, name = "progress"),
    @JsonSubTypes.Type(value = BackfillReply.Verified.class, name = "verify"),
})
public sealed interface BackfillReply {

    /**
     * The windows.
     *
     * @param accepted whether there are windows; else there are reasons
     * @param reasons what to change in the request
     */
    @RegisterForReflection
    record Planned(
            boolean accepted, @Nullable String source, List<Window> windows, List<String> reasons)
            implements BackfillReply {
        /** Defensive copies. */
        public Planned {
            windows = List.copyOf(windows);
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * How far a run is.
     *
     * @param status canonical name of the run's status; {@value #UNKNOWN} where nothing of it is
     *     loaded yet, or it was never requested
     * @param nextRunId of the run to ask for where this one is incomplete
     * @param problems rules of what went wrong while extracting
     */
    @RegisterForReflection
    record Progressed(
            String source,
            RunId runId,
            String status,
            RowCounts rows,
            List<String> problems,
            RunId nextRunId)
            implements BackfillReply {

        /** Not the status of a run in the ledger. */
        public static final String UNKNOWN = "unknown";

        /** Defensive copy. */
        public Progressed {
            problems = List.copyOf(problems);
        }
    }

    /**
     * What came of the windows.
     *
     * @param accepted whether all are complete and balanced, and few enough rows were rejected
     * @param reasons what is wrong, some of it where there is much
     * @param complete how many windows are complete
     * @param rows of all runs of the windows, incomplete ones too
     */
    @RegisterForReflection
    record Verified(
            boolean accepted,
            List<String> reasons,
            int windows,
            int complete,
            RowCounts rows,
            double quarantinedPercent)
            implements BackfillReply {
        /** Defensive copy. */
        public Verified {
            reasons = List.copyOf(reasons);
        }
    }
}

package io.shopflow.backfill.plan;

import java.util.List;

/** What a request for a backfill comes to. */
public sealed interface WindowPlan {

    /** These windows, in order of time; at least one. */
    record Planned(List<Window> windows) implements WindowPlan {
        /** Defensive copy. */
        public Planned {
            windows = List.copyOf(windows);
        }
    }

    /** The request has mistakes; each says what to change. */
    record Refused(List<String> reasons) implements WindowPlan {
        /** Defensive copy. */
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }
}
